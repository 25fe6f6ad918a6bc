// What a tool is told instead of a person's own subject: a keyed hash that differs for each tool, so that two tools cannot
// find out together who is the same person (OpenID Connect Core 8.1). Tools that were there when all of them shared one
// hash keep it, or everybody they know would be a stranger to them (docs/decisions/0023).
import { keyedHash } from './hints.ts';
import type { KeyRing } from './keys.ts';
import type { Room } from './room.ts';
import type { IdentitySource, Person, Tool } from './types.ts';

/** Inside the platform everybody goes by one hash, so that no login name is in a cookie or in memory. */
export function pseudonymous(source: IdentitySource, keys: KeyRing): IdentitySource {
  return {
    ...source,
    async identify(req) {
      const person = await source.identify(req);
      if (person === undefined) return undefined;
      return { ...person, subject: keyedHash(await keys.secret(), ['sub', person.subject]) };
    },
  };
}

/** The person as this tool may know them. */
export async function personFor(room: Room, tool: Tool, person: Person): Promise<Person> {
  if (room.options.subjects !== 'pseudonym') return person;
  const pseudonymsOf = tool.pseudonymsOf ?? tool.clientId;
  if ((await toolsThatShare(room)).includes(pseudonymsOf)) return person;
  return { ...person, subject: keyedHash(await room.keys.secret(), ['sub', pseudonymsOf, person.subject]) };
}

/** To be asked before a tool is added: on old keys the first question notes which tools were there. */
export async function toolsThatShare({ options, keys, tools }: Room): Promise<readonly string[]> {
  if (options.subjects !== 'pseudonym') return [];
  return keys.sharedPseudonyms(async () => (await tools.list()).map(({ clientId }) => clientId));
}
