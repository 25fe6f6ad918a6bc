// ltijs's Database plugin (contract of 5.9.9) as a view of our own stores: it reads platforms and keys where we keep them,
// and nothing it would write goes anywhere but the access tokens, which live in this process only.
import type { DeepLinkAnswer } from './deep-link-signer.ts';
import type { Registration } from './ports.ts';
import type { SigningKey } from './tool-keys.ts';

export type LtijsItem = Record<string, unknown>;
type Key = string | false;
type Query = LtijsItem | undefined;

/** What ltijs calls. `Get` answers false when there is nothing; with a truthy key items come with `createdAt` in ms. */
export interface LtijsDatabase {
  setup(): Promise<true>;
  Close(): Promise<true>;
  Get(key: Key, collection: string, query?: Query): Promise<LtijsItem[] | false>;
  Insert(...write: LtijsWrite): Promise<true>;
  Replace(
    key: Key,
    collection: string,
    query: LtijsItem,
    ...write: [item: LtijsItem, index?: LtijsItem]
  ): Promise<true>;
  Modify(...write: [key: Key, collection: string, query: LtijsItem, change: LtijsItem]): Promise<true>;
  Delete(collection: string, query: LtijsItem): Promise<true>;
}
type LtijsWrite = [key: Key, collection: string, item: LtijsItem, index?: LtijsItem];

export interface LtijsSources {
  registrations: () => Promise<Registration[]>;
  signing: () => Promise<SigningKey>;
  now: () => Date;
}

type View = (sources: LtijsSources) => Promise<LtijsItem[]>;

const VIEWS: Readonly<Record<string, View>> = {
  platform: async ({ registrations, signing }) => {
    const [all, { kid }] = await Promise.all([registrations(), signing()]);
    // A platform that is switched off does not exist for ltijs: it takes a missing status for active.
    return all.filter((one) => one.active).map((one) => toPlatform(one, kid));
  },
  privatekey: async ({ signing }) => {
    const { kid, pem } = await signing();
    return [{ kid, key: pem }];
  },
};

export function createLtijsPlugin(sources: LtijsSources): LtijsDatabase {
  const tokens: (LtijsItem & { createdAt: number })[] = [];
  const done = (): Promise<true> => Promise.resolve(true);
  const readOnly = (collection: unknown): Promise<never> =>
    Promise.reject(
      new TypeError(`ltijs may not write to ${String(collection)}: change platforms by the administration`),
    );
  const insert = (collection: string, item: LtijsItem, index: LtijsItem = {}): Promise<true> => {
    if (collection !== 'accesstoken') return readOnly(collection);
    tokens.push({ ...index, ...item, createdAt: sources.now().getTime() });
    return done();
  };
  const drop = (query: LtijsItem): void => {
    for (const token of tokens.filter((one) => matches(one, query))) tokens.splice(tokens.indexOf(token), 1);
  };
  return {
    setup: done,
    Close: done,
    Get: async (_key, collection, query) => {
      const items = collection === 'accesstoken' ? tokens : await VIEWS[collection]?.(sources);
      const found = items?.filter((item) => matches(item, query ?? {})) ?? [];
      return found.length > 0 && found;
    },
    Insert: (...[, collection, item, index]) => insert(collection, item, index),
    Replace: (...[, collection, query, item, index]) => {
      if (collection === 'accesstoken') drop(query);
      return insert(collection, item, index);
    },
    Modify: (...[, collection]) => readOnly(collection),
    Delete: (collection, query) => {
      if (collection !== 'accesstoken') return readOnly(collection);
      drop(query);
      return done();
    },
  };
}

/** Equality only: a query of ltijs that holds an operator finds nothing. */
function matches(item: LtijsItem, query: LtijsItem): boolean {
  return Object.entries(query).every(([name, value]) => item[name] === value);
}

function toPlatform(registration: Registration, kid: string): LtijsItem {
  return {
    platformName: registration.name,
    platformUrl: registration.issuer,
    clientId: registration.clientId,
    authEndpoint: registration.authorizationUrl,
    accesstokenEndpoint: registration.tokenUrl,
    authorizationServer: registration.tokenAudience ?? registration.tokenUrl,
    kid,
    authConfig: { method: 'JWK_SET', key: registration.keysetUrl },
  };
}

/** The part of ltijs's IdToken that its deep linking reads. */
export function toIdToken({ registration, deploymentId, items, data }: DeepLinkAnswer): LtijsItem {
  const settings = {
    // What may be answered was decided before: ltijs only has to let it pass.
    accept_types: items.map((item) => item['type']),
    accept_multiple: true,
    ...(data === undefined ? {} : { data }),
  };
  return {
    iss: registration.issuer,
    clientId: registration.clientId,
    deploymentId,
    platformContext: { deepLinkingSettings: settings },
  };
}
