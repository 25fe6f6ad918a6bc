// Every HTTP call this door makes to others: https, a checked and pinned address, few redirects, little time, little
// text. The address is resolved once, judged, and then used: a second answer of the DNS cannot lead elsewhere.
import { lookup as resolve } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';
import { isLoopbackName } from './addresses.ts';
import { LtiError } from './errors.ts';

export type Reach = 'public' | 'any';

export interface Call {
  url: string;
  /** 'public': the address must be one of the public internet. 'any': an administrator named it (an intranet is private). */
  reach: Reach;
  /** Development: http and loopback addresses are allowed. */
  allowLoopback: boolean;
  timeoutMs: number;
  maxBytes: number;
  maxRedirects?: number;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

const RESERVED_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const reserved = new BlockList();
for (const [net, prefix] of RESERVED_V4) reserved.addSubnet(net, prefix, 'ipv4');
// IPv6: only global unicast (2000::/3) is public, less documentation, Teredo, 6to4 and the rest of the special blocks.
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  reserved.addSubnet(net, prefix, 'ipv6');
}
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (family === 'ipv6') return globalUnicast.check(address, family) && !reserved.check(address, family);
  return !reserved.check(address, family) && !loopback.check(address, family);
}

function isLoopback(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** @throws LtiError address_refused, answer_unusable (too slow, too large, redirected elsewhere, connection failed) */
export async function call(request: Call): Promise<Answer> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  let url = new URL(request.url);
  for (let redirects = 0; ; redirects += 1) {
    const answer = await once(url, request, deadline);
    const location = answer.headers.location;
    if (answer.status < 300 || answer.status > 399 || location === undefined) return answer;
    const next: URL | null = URL.parse(location, url.href);
    if (redirects >= (request.maxRedirects ?? 0) || next?.origin !== url.origin || request.method === 'POST') {
      throw new LtiError('answer_unusable', 'redirect');
    }
    url = next;
  }
}

async function once(url: URL, request: Call, signal: AbortSignal): Promise<Answer> {
  const address = await pin(url, request);
  const { request: send } = url.protocol === 'https:' ? https : http;
  return new Promise<Answer>((done, fail) => {
    const refuse = (detail: string) => (): void => {
      fail(new LtiError('answer_unusable', detail));
    };
    const options: https.RequestOptions = {
      method: request.method ?? 'GET',
      headers: { accept: 'application/json', ...request.headers, 'accept-encoding': 'identity' },
      signal,
      // The name stays in Host and in the certificate check; only the address is fixed.
      lookup: (_host, how, next) => {
        if (how.all === true) next(null, [{ address, family: isIP(address) }]);
        else next(null, address, isIP(address));
      },
      agent: false,
    };
    const outgoing = send(url, options, (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > request.maxBytes) outgoing.destroy(new Error('too large'));
      });
      incoming.on('error', refuse('connection'));
      incoming.on('end', () => {
        done({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    outgoing.on('error', refuse('connection'));
    outgoing.end(request.body);
  });
}

async function pin(url: URL, { reach, allowLoopback }: Call): Promise<string> {
  const development = allowLoopback && isLoopbackName(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && development)) {
    throw new LtiError('address_refused', 'scheme');
  }
  if (url.username !== '' || url.password !== '') throw new LtiError('address_refused', 'credentials');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) === 0 ? await resolve(host, { all: true }).catch(() => []) : [{ address: host }];
  const [first] = found;
  if (first === undefined) throw new LtiError('answer_unusable', 'unknown host');
  const local = development && found.every(({ address }) => isLoopback(address));
  // Every answer must pass, not only the one used: a mixed answer is an attack or a mistake.
  if (reach === 'public' && !local && !found.every(({ address }) => isPublicAddress(address))) {
    throw new LtiError('address_refused', 'private');
  }
  return first.address;
}
