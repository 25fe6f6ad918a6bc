// A programme in the database for the bench of the sweeps: so many people, of whom twenty thousand things are due.
import { charterVersion } from '../../service/domain/charter.ts';
import type { Connection } from 'mongoose';
import {
  daysAgo,
  dialogueOf,
  inventedNow,
  meetingOf,
  memberOf,
  proposalOf,
  requestOf,
} from '../../service/demo/factories.ts';
import type { Due } from '../../service/domain/follow-up.ts';
import { createCipher } from '../../service/store/cipher.ts';

/** What is due, by the sweep that takes it up: 20,000 in all. */
export const dueOf = { members: 4000, requests: 5000, proposals: 5000, dialogues: 4000, meetings: 2000 };
export type SweptCollection = keyof typeof dueOf;

const dayMs = 86_400_000;
const batch = 1000;
/** A timer that began so many days and some hours ago, and whose step came some hours ago. */
const hours = 0.2;

const since = (days: number): Date => daysAgo(days + hours);
const came = (step: string): Due => ({ step, at: daysAgo(hours) });
/** Not to be looked at for a month. */
const later = (step: string): Due => ({ step, at: new Date(inventedNow.getTime() + 30 * dayMs) });

type Kept = { readonly id: string } & Record<string, unknown>;

/** Records of each collection: number, and whether the record is due. */
const make: Readonly<Record<SweptCollection, (at: number, isDue: boolean) => object>> = {
  members: (at, isDue) =>
    isDue
      ? memberOf({
          id: `m${at}`,
          profile: null,
          charter: { version: charterVersion, signedAt: since(7) },
          due: came('draft_1'),
        })
      : memberOf({ id: `m${at}`, due: later('inactive_1') }),
  requests: (at, isDue) => {
    const memberId = `m${dueOf.members + at}`;
    const id = `r${at}`;
    return isDue
      ? requestOf({ id, memberId, openedAt: since(7), due: came('news_1') })
      : requestOf({ id, memberId, due: later('news_2') });
  },
  proposals: (at, isDue) =>
    isDue
      ? proposalOf({ id: `p${at}`, sentAt: since(3), due: came('reminder_1') })
      : proposalOf({ id: `p${at}`, due: later('reminder_2') }),
  dialogues: (at, isDue) =>
    isDue
      ? dialogueOf({ id: `d${at}`, introducedAt: since(5), due: came('nudge_1') })
      : dialogueOf({ id: `d${at}`, due: later('nudge_2') }),
  meetings: (at, isDue) => ({
    ...meetingOf({ id: `s${at}`, dialogueId: `d${at}`, startsAt: daysAgo(-0.8), status: 'agreed' }),
    ...{ agreedSequence: 0, due: isDue ? came('reminder') : later('held') },
  }),
};

/** How many records there are beside those that are due. */
function othersOf(people: number): Record<SweptCollection, number> {
  return {
    members: people - dueOf.members,
    requests: people / 5,
    proposals: people / 10,
    dialogues: people / 5,
    meetings: people / 10,
  };
}

/** Stores the programme of so many people; returns how many records it has. */
export async function fill(connection: Connection, secret: string, people: number): Promise<number> {
  const cipher = createCipher(secret);
  const others = othersOf(people);
  let stored = 0;
  for (const name of Object.keys(make) as SweptCollection[]) {
    const sealed = ({ id, ...fields }: Kept): object => {
      const seal = (field: string): object => {
        const text = fields[field];
        return typeof text === 'string' ? { [field]: cipher.seal(text, { collection: name, id, field }) } : {};
      };
      const held = name === 'members' ? { ...seal('name'), ...seal('email'), held: [] } : {};
      return { _id: id, ...fields, ...held };
    };
    const all = dueOf[name] + others[name];
    for (let from = 0; from < all; from += batch) {
      const size = Math.min(batch, all - from);
      const records = Array.from({ length: size }, (_, at) => make[name](from + at, from + at < dueOf[name]));
      await connection.collection(name).insertMany(
        records.map((record) => sealed(record as Kept)),
        { ordered: false },
      );
      stored += size;
    }
  }
  return stored;
}
