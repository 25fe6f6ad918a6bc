// Which mentors a mentee may be paired with at all, found by bits: one row of mentors per term, 32 mentors per operation.
// What is not feasible does not exist for the rest of the matching; it is never a score of zero.
import { hourStarts, slotsPerDay } from '../availability.ts';
import type { MatchConditions } from './rules.ts';
import type { MatchMentee, MatchMentor, MatchPerson, ProposedPair } from './types.ts';

type Bits = Uint32Array;

/**
 * The mentors of a programme as bit rows (bitmap index: O'Neil and Quass 1997). Building: linear in what the mentors
 * say. One mentee: (terms said) x (mentors / 32) operations, then the few exclusions.
 */
export class PairIndex {
  readonly words: number;
  readonly #mentors: readonly MatchMentor[];
  readonly #conditions: MatchConditions;
  readonly #rows = new Map<string, Bits>();
  readonly #byKey = new Map<string, number[]>();
  readonly #proposed = new Map<string, string[]>();

  constructor(mentors: readonly MatchMentor[], conditions: MatchConditions, proposedBefore: readonly ProposedPair[]) {
    this.words = Math.ceil(mentors.length / 32);
    this.#mentors = mentors;
    this.#conditions = conditions;
    mentors.forEach((mentor, at) => {
      if (mentor.paused === true || mentor.places < 1) return;
      for (const term of termsOf(mentor)) this.#mark(term, at);
      for (const key of tieKeysOf(mentor)) pushTo(this.#byKey, key, at);
    });
    for (const { one, other } of proposedBefore) {
      pushTo(this.#proposed, one, other);
      pushTo(this.#proposed, other, one);
    }
  }

  /**
   * Sets the bits of the mentors who meet every condition but two, which the score decides: the common hour (here only
   * a common half-day) and the floor. `into` has `words` words.
   */
  candidates(mentee: MatchMentee, into: Bits): void {
    into.set(this.#rows.get('open') ?? []);
    const { language, topic, format, modality, availability, lab } = this.#conditions;
    if (language)
      this.#keep(
        into,
        mentee.languages.map((term) => `language:${term}`),
      );
    if (topic && !mentee.keptForConversation) {
      this.#keep(into, ['kept', ...mentee.topics.map((term) => `topic:${term}`)]);
    }
    if (format)
      this.#keep(
        into,
        mentee.formats.map((term) => `format:${term}`),
      );
    if (modality)
      this.#keep(
        into,
        mentee.modalities.map((term) => `modality:${term}`),
      );
    if (availability) this.#keep(into, [...halfDaysOf(mentee), ...(mentee.anyTime ? ['any_time'] : [])]);
    if (lab && mentee.labPreference === 'same_only') this.#keep(into, [`lab:${mentee.labId}`]);
    if (lab && mentee.labPreference === 'other_only') this.#drop(into, this.#rows.get(`lab:${mentee.labId}`));
    for (const at of this.#excluded(mentee)) into[at >>> 5] = (into[at >>> 5] ?? 0) & ~(1 << (at & 31));
  }

  /** The mentors a tie, the same person or an earlier proposal excludes; the same answers as tieBetween gives. */
  *#excluded(mentee: MatchMentee): Iterable<number> {
    const { ties } = mentee;
    const keys = [
      `person:${mentee.personId}`,
      ...ties.self.map((hash) => `names:${hash}`),
      ...[...ties.supervisors, ...ties.avoid].map((hash) => `self:${hash}`),
      ...(this.#proposed.get(mentee.personId) ?? []).map((person) => `person:${person}`),
    ];
    if (ties.team !== undefined) keys.push(`team:${ties.team}`);
    for (const key of keys) yield* this.#byKey.get(key) ?? [];
  }

  #mark(term: string, at: number): void {
    let row = this.#rows.get(term);
    if (!row) this.#rows.set(term, (row = new Uint32Array(this.words)));
    row[at >>> 5] = (row[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  #keep(into: Bits, terms: readonly string[]): void {
    const rows = terms.map((term) => this.#rows.get(term)).filter((row) => row !== undefined);
    const [first, ...others] = rows;
    if (!first) {
      into.fill(0);
      return;
    }
    if (others.length === 0) {
      for (let w = 0; w < into.length; w++) into[w] = (into[w] as number) & (first[w] as number);
      return;
    }
    for (let w = 0; w < into.length; w++) {
      const left = into[w] as number;
      if (left === 0) continue;
      let any = first[w] as number;
      for (const row of others) any |= row[w] as number;
      into[w] = left & any;
    }
  }

  #drop(into: Bits, row: Bits | undefined): void {
    if (!row) return;
    for (let w = 0; w < into.length; w++) into[w] = (into[w] as number) & ~(row[w] as number);
  }

  get mentors(): readonly MatchMentor[] {
    return this.#mentors;
  }
}

function* termsOf(mentor: MatchMentor): Iterable<string> {
  yield 'open';
  yield `lab:${mentor.labId}`;
  if (mentor.keptForConversation) yield 'kept';
  if (mentor.anyTime) yield 'any_time';
  for (const term of mentor.topics) yield `topic:${term}`;
  for (const term of mentor.languages) yield `language:${term}`;
  for (const term of mentor.formats) yield `format:${term}`;
  for (const term of mentor.modalities) yield `modality:${term}`;
  yield* halfDaysOf(mentor);
}

/** The half-days in which a common hour may start. */
function halfDaysOf(person: Pick<MatchPerson, 'slots'>): Set<string> {
  return new Set(hourStarts(person.slots).map((slot) => `half_day:${Math.floor(slot / (slotsPerDay / 2))}`));
}

function* tieKeysOf({ personId, ties }: MatchMentor): Iterable<string> {
  yield `person:${personId}`;
  for (const hash of ties.self) yield `self:${hash}`;
  for (const hash of [...ties.supervisors, ...ties.avoid]) yield `names:${hash}`;
  if (ties.team !== undefined) yield `team:${ties.team}`;
}

function pushTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
