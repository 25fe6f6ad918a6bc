// Which names mean this machine, and which origins a list of addresses holds.

/** http is for this machine only. */
export function isLoopbackName(hostname: string): boolean {
  return /^(?:localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

/** The distinct http(s) origins among the addresses; an issuer need not be an address. */
export function originsOf(addresses: readonly string[]): string[] {
  const urls = addresses.filter((one) => URL.canParse(one)).map((one) => new URL(one));
  return [...new Set(urls.filter((url) => /^https?:$/.test(url.protocol)).map((url) => url.origin))];
}
