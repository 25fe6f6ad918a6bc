// Connection addresses. Every connection asks for journalled majority writes: an acknowledged act survives SIGKILL.

const DURABLE = { w: 'majority', journal: 'true' } as const;
const PARTS = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/** The address of the embedded engine on `port` of the loopback interface. */
export function engineUri(port: number): string {
  return durableUri(`mongodb://127.0.0.1:${port}/?directConnection=true`);
}

/** The same address with `w=majority` and `journal=true`, whatever it said about them before. */
export function durableUri(uri: string): string {
  const { hosts, database, options } = split(uri);
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
