// Whom an anonymous request is counted for: the client's address as express tells it, which believes X-Forwarded-For only
// from TRUSTED_PROXIES. An IPv6 network of 64 bits is one household or one machine: its addresses count as one.
import { isIPv4, isIPv6 } from 'node:net';

const mapped = /^::ffff:(?:0:)?(\d+\.\d+\.\d+\.\d+)$/iu;

/** "192.0.2.7"; "2001:db8:1:2" for any address of that network; "" when the connection is gone. */
export function clientOf({ ip = '' }: { readonly ip?: string | undefined }): string {
  const [address = ''] = ip.split('%');
  const [, inside] = mapped.exec(address) ?? [];
  if (inside !== undefined && isIPv4(inside)) return inside;
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  // A trailing IPv4 part stands for two groups.
  const afterLength = after.length + (after.at(-1)?.includes('.') === true ? 1 : 0);
  const zeros = tail === undefined ? 0 : 8 - before.length - afterLength;
  const all = [...before, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ''))
    .join(':');
}
