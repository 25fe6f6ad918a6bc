// Which names mean this machine, which origins a list of addresses holds, and when two of them are at one host.

/** http is for this machine only. */
export function isLoopbackName(hostname: string): boolean {
  return /^(?:localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

// The URL standard lets "*", ";" and "," into a host; in a header they would be a wildcard, or begin another rule.
const plainOrigin = /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)?$/;

/** The distinct http(s) origins among the addresses; an issuer need not be an address. */
export function originsOf(addresses: readonly string[]): string[] {
  const origins = addresses.filter((one) => URL.canParse(one)).map((one) => new URL(one).origin);
  return [...new Set(origins.filter((origin) => plainOrigin.test(origin)))];
}

/** An address that can go into a header and says nothing about who calls. */
export function isPlainAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, origin } = new URL(address);
  return username === '' && password === '' && plainOrigin.test(origin);
}

/**
 * The host of an issuer or address as one text for all its spellings: case, scheme, port, path, Unicode and final dots
 * tell no two apart. On this machine the port does: there each port is a platform of its own.
 */
export function hostOf(address: string): string {
  const text = address.trim();
  const url = [text, `https://${text}`]
    .filter((one) => URL.canParse(one))
    .map((one) => new URL(one))
    .find(({ hostname }) => hostname !== '');
  if (url === undefined) return text.normalize('NFKC').toLowerCase().replace(/\/+$/, '');
  if (isLoopbackName(url.hostname)) return `loopback:${url.port}`;
  return url.hostname.toLowerCase().replace(/\.+$/, '');
}
