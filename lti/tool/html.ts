// HTML by template literal with every value escaped; only what this tag made itself goes in unescaped.

export interface Html {
  readonly markup: string;
}

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function html(strings: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  const parts = strings.map((text, index) => text + (index < values.length ? insert(values[index] ?? '') : ''));
  return { markup: parts.join('') };
}

export const NOTHING: Html = { markup: '' };

function insert(value: string | number | Html | Html[]): string {
  if (Array.isArray(value)) return value.map((one) => one.markup).join('');
  if (typeof value === 'object') return value.markup;
  return String(value).replace(/[&<>"']/g, (character) => SPECIAL[character] ?? '');
}

/** Hidden inputs, one per field. */
export function hiddenFields(fields: Iterable<readonly [string, string]>): Html[] {
  return [...fields].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

export function script(name: string): Html {
  return html`<script src="/lti/assets/${name}"></script>`;
}
