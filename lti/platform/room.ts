// What every route of one platform shares: its options with the defaults filled in, its keys, its pending launches.
import type { Request } from 'express';
import type { RemoteJWKSet } from 'jose';
import { standardErrorLog, type ErrorLog } from '../log/index.ts';
import { createSealer, type Sealer } from './cookie.ts';
import { Tickets, type PendingLaunch } from './hints.ts';
import { createKeyRing, memoryKeys, type KeyRing } from './keys.ts';
import { PlatformError } from './errors.ts';
import { pseudonymous } from './pseudonyms.ts';
import { languageOf } from './texts.ts';
import type { Frame } from './pages.ts';
import type { IdentitySource, LinkStore, Person, PlatformOptions, ResourceLink, Tool, ToolStore } from './types.ts';

export interface Room {
  options: PlatformOptions;
  errors: ErrorLog;
  issuer: string;
  keys: KeyRing;
  tools: ToolStore;
  links: LinkStore;
  identity: IdentitySource;
  launches: Tickets<PendingLaunch>;
  /** Cookies of our own, under the key store's secret. */
  sealer: () => Promise<Sealer>;
  /** Deep linking exchanges that wait for the tool's answer. */
  choices: Tickets<{ clientId: string; deploymentId: string }>;
  /** Registration tokens not used yet. */
  invitations: Tickets<true>;
  /** Key sets of tools, each with its own cache. */
  toolKeys: Map<string, RemoteJWKSet>;
}

export function openRoom(options: PlatformOptions): Room {
  const issuer = checkedIssuer(options.issuer);
  const { clock } = options;
  const keys = createKeyRing(options.keys ?? memoryKeys(), clock);
  const identity = typeof options.identity === 'function' ? { identify: options.identity } : options.identity;
  return {
    options,
    errors: options.errors ?? standardErrorLog(),
    issuer,
    keys,
    tools: 'add' in options.tools ? options.tools : memoryTools(options.tools),
    links: options.links !== undefined && 'add' in options.links ? options.links : memoryLinks(options.links),
    identity: options.subjects === 'pseudonym' ? pseudonymous(identity, keys) : identity,
    launches: new Tickets(clock),
    sealer: async () => createSealer({ base: issuer, secret: await keys.secret(), clock }),
    choices: new Tickets(clock),
    invitations: new Tickets(clock, 60 * 60_000),
    toolKeys: new Map(),
  };
}

export async function findTool(room: Room, clientId: string): Promise<Tool | undefined> {
  return (await room.tools.list()).find((tool) => tool.clientId === clientId);
}

/** A link that was declared or chosen; else every tool has one link named like its client id. */
export async function getLink(room: Room, id: string): Promise<{ link: ResourceLink; tool: Tool }> {
  const declared = (await room.links.list()).find((link) => link.id === id);
  const tool = await findTool(room, declared?.clientId ?? id);
  if (tool === undefined) throw new PlatformError('unknown_link');
  return { tool, link: declared ?? defaultLink(tool) };
}

export function defaultLink(tool: Tool): ResourceLink {
  return { id: tool.clientId, clientId: tool.clientId, title: tool.title ?? tool.clientId };
}

export function frameFor(room: Room, req: Request, person?: Person): Frame {
  return {
    base: room.issuer,
    language: languageOf(req, person?.locale),
    embedders: room.options.embedders ?? [],
  };
}

function memoryTools(given: readonly Tool[]): ToolStore {
  const tools = [...given];
  return {
    list: () => Promise.resolve(tools),
    add(tool) {
      tools.push(tool);
      return Promise.resolve();
    },
  };
}

function memoryLinks(given: readonly ResourceLink[] = []): LinkStore {
  const links = [...given];
  return {
    list: () => Promise.resolve(links),
    add(more) {
      links.push(...more);
      return Promise.resolve();
    },
  };
}

function checkedIssuer(issuer: string): string {
  const url = new URL(issuer);
  if (!/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || issuer.endsWith('/')) {
    throw new Error('issuer must be an http(s) address without query, fragment or a slash at its end');
  }
  return issuer;
}
