// Connection addresses. Every connection asks that a write be acknowledged only when it survives SIGKILL: journalled,
// and on a replica set by a majority.

const DURABLE = { w: 'majority', journal: 'true' } as const;
/**
 * The engine is alone, and does not wait for its journal when `w` is `majority`: killed, it then loses acknowledged
 * writes (713 of 12,097 in one measurement; none of 48,104 with `w=1`).
 */
const ENGINE_QUERY = 'directConnection=true&w=1&journal=true';
const PARTS = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;
const ENGINE_HOST = /^mongodb:\/\/(?:127\.0\.0\.1:\d+|%2F[\w.%-]+)$/;

/** The address of the embedded engine on `port` of the loopback interface. */
export function engineUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/?${ENGINE_QUERY}`;
}

/** The address of the embedded engine on its own socket: without the relay, and for one life of its process. */
export function socketUri(socket: string): string {
  return `mongodb://${encodeURIComponent(socket)}/?${ENGINE_QUERY}`;
}

/**
 * The same address with `w=majority` and `journal=true`, whatever it said about them before; the address of an
 * embedded engine stays as it is.
 */
export function durableUri(uri: string): string {
  const { hosts, database, options } = split(uri);
  if (ENGINE_HOST.test(hosts) && options.toString() === ENGINE_QUERY) return uri;
  for (const [name, value] of Object.entries(DURABLE)) {
    for (const given of [...options.keys()]) if (given.toLowerCase() === name) options.delete(given);
    options.set(name, value);
  }
  return join({ hosts, database, options });
}

/** The same address naming `database`; users that live elsewhere need `authSource` in the given address. */
export function databaseUri(uri: string, database: string): string {
  return join({ ...split(uri), database });
}

function split(uri: string): { hosts: string; database: string; options: URLSearchParams } {
  const [, hosts, database = '', query = ''] = PARTS.exec(uri) ?? [];
  // The address may hold a password, so it is not repeated here.
  if (hosts === undefined) throw new TypeError('The MongoDB address does not begin with mongodb:// and a host.');
  return { hosts, database, options: new URLSearchParams(query) };
}

function join({ hosts, database, options }: ReturnType<typeof split>): string {
  const query = options.toString();
  return `${hosts}/${database}${query === '' ? '' : `?${query}`}`;
}
