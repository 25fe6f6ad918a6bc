// Files for spreadsheets: semicolons and a byte order mark, as French ones expect; no text is ever read as a formula.

const byteOrderMark = '\uFEFF';

/** What begins like a formula gets an apostrophe before it. Source: OWASP, CSV injection. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[;"\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csvFile(lines: readonly (readonly (string | number)[])[]): string {
  return byteOrderMark + lines.map((line) => `${line.map(field).join(';')}\r\n`).join('');
}
