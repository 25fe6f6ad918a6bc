// The person as the lab's reverse proxy names them in request headers. They count only on a connection from the proxy
// itself: X-Forwarded-For is never read, since anyone can write it. An address alone proves little, for every process of
// that machine has it; so the proxy also shows a secret, or reaches us by a Unix socket that only it may open.
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Request } from 'express';
import type { Identify, Person } from '../types.ts';
import { createSecretCheck, type SharedSecret } from './shared-secret.ts';

export interface HeaderIdentity {
  /** Addresses of the proxy: single ones, or CIDR blocks such as "10.1.0.0/16". Not needed with a Unix socket. */
  addresses?: readonly string[] | undefined;
  /** What the proxy adds to each request to show that it comes from the proxy. */
  secret?: SharedSecret | undefined;
  /** The host application listens on a Unix socket that only the proxy may open, and nowhere else. */
  unixSocket?: boolean | undefined;
  /** For a trial: any process that has one of the addresses may name anybody. */
  trustAddressesAlone?: boolean | undefined;
  /** Header names; only `subject` is required. */
  headers: {
    subject: string;
    name?: string | undefined;
    email?: string | undefined;
    locale?: string | undefined;
    /** Values apart by `;` or `,`. */
    roles?: string | undefined;
  };
  /** Subjects who may connect tools and add links. */
  administrators?: readonly string[] | undefined;
}

/**
 * @throws Error in one sentence when an address is neither an IP address nor a CIDR block, when a secret is too short, and
 * when nothing tells the proxy from another process.
 */
export function headerIdentity(options: HeaderIdentity): Identify {
  const { addresses = [], secret, unixSocket = false, trustAddressesAlone = false, headers } = options;
  if (secret === undefined && !unixSocket && !trustAddressesAlone) {
    throw new Error('a header that names the person needs a secret shared with the proxy, or a Unix socket');
  }
  const trusted = trustedAddresses(addresses);
  const showsSecret = secret === undefined ? () => true : createSecretCheck(secret);
  const names = [secret?.header, ...Object.values(headers)].filter((name) => name !== undefined);
  const isProxy = (req: Request): boolean => {
    const { remoteAddress } = req.socket;
    return unixSocket ? remoteAddress === undefined : isTrusted(trusted, remoteAddress);
  };
  return (req) => (isProxy(req) && !isAmbiguous(req, names) && showsSecret(req) ? personFrom(req, options) : undefined);
}

/**
 * Whether one of the headers came twice, or also in another spelling (X_Remote_User) that some programs take for the same:
 * then the proxy let a visitor's own header through, and nothing in this request can be believed.
 */
function isAmbiguous({ rawHeaders }: IncomingMessage, names: readonly string[]): boolean {
  const spelling = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '-');
  const sent = rawHeaders.filter((_, index) => index % 2 === 0);
  return names.some((name) => {
    const alike = sent.filter((one) => spelling(one) === spelling(name));
    return alike.length > 1 || alike.some((one) => one.toLowerCase() !== name.toLowerCase());
  });
}

function personFrom(req: Request, { headers, administrators = [] }: HeaderIdentity): Person | undefined {
  const read = (name: string | undefined) => (name === undefined ? undefined : headerText(req, name));
  const subject = read(headers.subject);
  // Proxies join a header that came twice by a comma, so a subject with one may be two.
  if (subject === undefined || subject.includes(',')) return undefined;
  const roles = read(headers.roles)
    ?.split(/[;,]/)
    .map((role) => role.trim())
    .filter(Boolean);
  const isAdministrator = administrators.includes(subject);
  return {
    subject,
    name: read(headers.name),
    email: read(headers.email),
    locale: read(headers.locale),
    roles: isAdministrator ? [...(roles ?? []), 'Administrator'] : roles,
  };
}

/** One clean value, or nothing. */
function headerText(req: Request, name: string): string | undefined {
  const [value = ''] = req.headersDistinct[name.toLowerCase()] ?? [];
  // Apache writes "(null)" for a variable that is not set.
  if (value.trim() === '' || value === '(null)') return undefined;
  return utf8(value.trim()).slice(0, 255);
}

/** Proxies send UTF-8 bytes, which Node reads as Latin-1. */
function utf8(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

function trustedAddresses(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const written of addresses) {
    const [address = '', prefix] = written.split('/');
    const version = isIP(address);
    const bits = Number(prefix ?? (version === 4 ? 32 : 128));
    if (version === 0 || !Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128)) {
      throw new Error(`"${written}" is neither an IP address nor a CIDR block`);
    }
    list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

function isTrusted(list: BlockList, remote: string | undefined): boolean {
  // A socket that listens on both families shows IPv4 peers as ::ffff:a.b.c.d.
  const address = (remote ?? '').replace(/^::ffff:/i, '');
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
