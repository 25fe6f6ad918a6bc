// The input's fingerprint: two inputs that mean the same, in whatever order they are listed, have the same one.
import { canonical } from './canonical.ts';
import { Digest } from './digest.ts';
import { formatMask, modalityMask, termNumber, topicMask } from './said.ts';
import type { Term } from './said.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchPerson } from './types.ts';
import { slotBits, weekWords } from './week.ts';

/** Sorts the people, then linear in what they say. */
export function fingerprint(input: MatchInput): string {
  return fingerprintOf(canonical(input));
}

/** The same for an input that is already in its canonical order. */
export function fingerprintOf(input: MatchInput): string {
  const digest = new Digest();
  digest.text(JSON.stringify(sortedKeys(input.rules)));
  for (const mentee of input.mentees) addMentee(digest, mentee);
  digest.number(input.mentees.length);
  for (const mentor of input.mentors) addMentor(digest, mentor);
  digest.number(input.mentors.length);
  const before = input.proposedBefore.map(({ one, other }) => JSON.stringify([one, other].sort()));
  digest.texts([...new Set(before)].sort());
  return digest.hex();
}

function addMentee(digest: Digest, mentee: MatchMentee): void {
  digest.text(mentee.id);
  addPerson(digest, mentee);
  addTerms(digest, mentee.topics);
  addTerms(digest, mentee.formats);
  digest.number(termNumber(mentee.labPreference)).real(mentee.waitingSince).real(mentee.priority);
}

function addMentor(digest: Digest, mentor: MatchMentor): void {
  addPerson(digest, mentor);
  digest.number((topicMask(mentor.topics) << 4) | (formatMask(mentor.formats) << 1) | (mentor.paused === true ? 1 : 0));
  digest.number(mentor.places).number(mentor.usedPlaces);
}

function addPerson(digest: Digest, person: MatchPerson): void {
  const { ties } = person;
  digest.text(person.personId).text(person.labId);
  addTerms(digest, person.languages);
  digest.texts(sorted(ties.self)).text(ties.team ?? '');
  digest.texts(sorted(ties.supervisors)).texts(sorted(ties.avoid));
  const flags = (person.anyTime ? 1 : 0) + (person.keptForConversation ? 2 : 0);
  digest.number((modalityMask(person.modalities) << 2) | flags);
  addWeek(digest, person.slots);
}

const week = new Uint32Array(weekWords);

/** The words of the week that are not empty, after telling which they are. */
function addWeek(digest: Digest, slots: readonly number[]): void {
  slotBits(slots, week);
  let filled = 0;
  for (let w = 0; w < weekWords; w++) if (week[w] !== 0) filled |= 1 << w;
  digest.number(filled);
  for (let left = filled; left !== 0; left &= left - 1) digest.number(week[31 - Math.clz32(left & -left)] as number);
}

/** Terms whose order counts, five bits each, after how many they are. */
function addTerms(digest: Digest, terms: readonly Term[]): void {
  let packed = terms.length;
  for (let at = 0; at < terms.length; at++) {
    packed = (packed << 5) | termNumber(terms[at] as Term);
    if (at % 6 === 4) digest.number(packed);
  }
  digest.number(packed);
}

function sorted(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...values].sort();
}

function sortedKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
