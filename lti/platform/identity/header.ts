// The person as the lab's reverse proxy names them in request headers. A header counts only when the connection itself
// comes from a configured address: X-Forwarded-For is never read, since anyone can write it.
import { BlockList, isIP } from 'node:net';
import type { Request } from 'express';
import type { Identify, Person } from '../types.ts';

export interface HeaderIdentity {
  /** Addresses of the proxy: single ones, or CIDR blocks such as "10.1.0.0/16". */
  addresses: readonly string[];
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

/** @throws Error in one sentence when an address is neither an IP address nor a CIDR block. */
export function headerIdentity(options: HeaderIdentity): Identify {
  const trusted = trustedAddresses(options.addresses);
  return (req) => (isTrusted(trusted, req.socket.remoteAddress) ? personFrom(req, options) : undefined);
}

function personFrom(req: Request, { headers, administrators = [] }: HeaderIdentity): Person | undefined {
  const read = (name: string | undefined) => (name === undefined ? undefined : headerText(req, name));
  const subject = read(headers.subject);
  if (subject === undefined) return undefined;
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

/** One clean value, or nothing: a header sent twice means that the proxy let a visitor's own header through. */
function headerText(req: Request, name: string): string | undefined {
  const values = req.headersDistinct[name.toLowerCase()] ?? [];
  const [value = ''] = values;
  // Apache writes "(null)" for a variable that is not set.
  if (values.length !== 1 || value.trim() === '' || value === '(null)') return undefined;
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
