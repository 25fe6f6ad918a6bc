// A whole programme in the database, written past the mapper: the synthetic people of the matching's own bench, with names.
import type { Connection } from 'mongoose';
import { slotsPerDay } from '../../service/domain/availability.ts';
import { charterVersion } from '../../service/domain/charter.ts';
import type { MatchMentee, MatchMentor, MatchPerson } from '../../service/domain/matching/index.ts';
import { createCipher } from '../../service/store/cipher.ts';
import { programme, type Shape } from '../domain/matching/programmes.ts';

const labs = ['etis', 'liris', 'lix', 'stms', 'isir'];
const batch = 1000;

/** A week's starts of full hours as windows. */
function windowsOf(starts: readonly number[]): { weekday: number; from: number; to: number }[] {
  const slots = [...new Set(starts.flatMap((start) => [start, start + 1]))].sort((a, b) => a - b);
  const windows: { weekday: number; from: number; to: number }[] = [];
  for (const slot of slots) {
    const [weekday, from] = [Math.floor(slot / slotsPerDay) + 1, (slot % slotsPerDay) * 30];
    const last = windows.at(-1);
    if (last?.weekday === weekday && last.to === from) last.to = from + 30;
    else windows.push({ weekday, from, to: from + 30 });
  }
  return windows;
}

const labOf = ({ labId }: MatchPerson): string => labs[Number(labId.slice(3)) % labs.length] ?? 'etis';

/** Stores n mentees with open requests and half as many mentors, and a message with each request. */
export async function fill(connection: Connection, secret: string, shape: Shape): Promise<void> {
  const cipher = createCipher(secret);
  const { mentees, mentors } = programme(shape);
  const at = new Date('2026-11-02T08:00:00Z');
  const memberOf = (person: MatchPerson) => {
    const id = person.personId;
    const sealed = (field: string, text: string): string => cipher.seal(text, { collection: 'members', id, field });
    return {
      ...{ _id: id, personKey: `key of ${id}`, labId: labOf(person), status: 'active', locale: 'fr' },
      name: sealed('name', `Somebody Named ${id}`),
      email: sealed('email', `${id}@lab.example`),
      addressProof: 'platform',
      charter: { version: charterVersion, signedAt: at },
      profile: {
        careerStage: 'doctoral',
        languages: person.languages,
        modalities: person.modalities,
        availability: { anyTime: person.anyTime, windows: windowsOf(person.starts[0] ?? []), absences: [] },
      },
      ties: person.ties,
      held: [],
      createdAt: at,
    };
  };
  const offering = (mentor: MatchMentor) => ({
    ...memberOf(mentor),
    offer: {
      ...{ topics: mentor.topics, keptForConversation: mentor.keptForConversation, formats: mentor.formats },
      capacity: Math.max(1, mentor.places),
    },
  });
  const requestOf = (mentee: MatchMentee) => ({
    ...{ _id: mentee.id, memberId: mentee.personId, labId: labOf(mentee), status: 'open', lapses: 0 },
    wishes: {
      ...{ topics: mentee.topics, keptForConversation: mentee.keptForConversation },
      ...{ format: mentee.formats[0], labPreference: mentee.labPreference },
    },
    message: cipher.seal('A few words of my own.', { collection: 'requests', id: mentee.id, field: 'message' }),
    openedAt: new Date(mentee.waitingSince),
  });
  await insert(connection, 'members', mentees.map(memberOf));
  await insert(connection, 'members', mentors.map(offering));
  await insert(connection, 'requests', mentees.map(requestOf));
}

async function insert(connection: Connection, name: string, records: readonly object[]): Promise<void> {
  for (let from = 0; from < records.length; from += batch) {
    await connection.collection(name).insertMany(records.slice(from, from + batch), { ordered: false });
  }
}
