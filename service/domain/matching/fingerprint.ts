// The input's fingerprint: two inputs that mean the same, in whatever order they are listed, have the same one.
import { slotsPerWeek } from '../availability.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchPerson } from './types.ts';
import { canonical } from './canonical.ts';

/** 128 bits in four 32-bit lanes (the mixing of MurmurHash3_x86_128, Appleby 2011). Identity, not security. */
class Digest {
  readonly #lanes = new Uint32Array([0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]);
  #count = 0;

  number(value: number): this {
    const lane = this.#count++ & 3;
    const next = (lane + 1) & 3;
    let k = Math.imul(value | 0, 0x239b961b);
    k = Math.imul((k << 15) | (k >>> 17), 0xab0e9789);
    const mixed = (this.#lanes[lane] ?? 0) ^ k;
    this.#lanes[lane] = Math.imul(((mixed << 13) | (mixed >>> 19)) + (this.#lanes[next] ?? 0), 5) + 0x561ccd1b;
    return this;
  }

  text(value: string): this {
    for (let i = 0; i < value.length; i++) this.number(value.charCodeAt(i));
    return this.number(-1 - value.length);
  }

  texts(values: readonly string[]): this {
    for (const value of values) this.text(value);
    return this.number(-1 - values.length);
  }

  hex(): string {
    const lanes = [...this.#lanes];
    // Every lane ends up depending on every other: three rounds of the finaliser over the ring.
    for (let round = 0; round < 12; round++) {
      const at = round & 3;
      let h = (lanes[at] ?? 0) + (lanes[(at + 3) & 3] ?? 0) + this.#count;
      h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
      lanes[at] = (h ^ (h >>> 16)) >>> 0;
    }
    return lanes.map((lane) => lane.toString(16).padStart(8, '0')).join('');
  }
}

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
  digest.texts(mentee.topics).texts(mentee.formats).text(mentee.labPreference);
  digest.text(String(mentee.waitingSince)).text(String(mentee.priority));
}

function addMentor(digest: Digest, mentor: MatchMentor): void {
  addPerson(digest, mentor);
  digest.texts(sorted(mentor.topics)).texts(sorted(mentor.formats));
  digest
    .number(mentor.places)
    .number(mentor.usedPlaces)
    .number(mentor.paused === true ? 1 : 0);
}

function addPerson(digest: Digest, person: MatchPerson): void {
  const { ties } = person;
  digest.text(person.personId).text(person.labId).texts(person.languages).texts(sorted(person.modalities));
  digest
    .texts(sorted(ties.self))
    .text(ties.team ?? '')
    .texts(sorted(ties.supervisors));
  digest.texts(sorted(ties.avoid));
  digest.number((person.anyTime ? 1 : 0) + (person.keptForConversation ? 2 : 0));
  const week = new Uint32Array(Math.ceil(slotsPerWeek / 32));
  for (const slot of person.slots) week[slot >>> 5] = (week[slot >>> 5] ?? 0) | (1 << (slot & 31));
  for (const word of week) digest.number(word);
}

function sorted(values: readonly string[]): readonly string[] {
  return values.length < 2 ? values : [...values].sort();
}

function sortedKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
