// Which mentors a mentee may be paired with at all, found by bits: one row of mentors per term, 32 mentors per operation.
// What is not feasible does not exist for the rest of the matching; it is never a score of zero.
import { slotsPerDay } from '../availability.ts';
import type { MatchConditions } from './rules.ts';
import type { MatchMentee, MatchMentor, MatchPerson, ProposedPair } from './types.ts';
import { clearBit, hourStartBits, setBit, slotsIn } from './week.ts';

const halfDay = slotsPerDay / 2;
const halfDayNames = Array.from({ length: 14 }, (_, at) => String(at));

/** One matter (language, topic...) with a row of bits per term: the mentors who say it. */
class BitRows {
  readonly #rows = new Map<string, Uint32Array>();
  readonly #words: number;

  constructor(words: number) {
    this.#words = words;
  }

  add(mentor: number, terms: Iterable<string>): void {
    for (const term of terms) {
      let row = this.#rows.get(term);
      if (!row) this.#rows.set(term, (row = new Uint32Array(this.#words)));
      setBit(row, mentor);
    }
  }

  /** Adds to a set, between two words, the mentors who say one of the terms. */
  join(into: Uint32Array, terms: Iterable<string>, { from, to }: Range): void {
    for (const term of terms) {
      const row = this.#rows.get(term);
      if (row) for (let w = from; w < to; w++) into[w] = (into[w] as number) | (row[w] as number);
    }
  }
}

/** The mentors under a key: those who are it, or those who name it. */
class Lists {
  readonly #lists = new Map<string, number[]>();

  add(key: string, mentor: number): void {
    const list = this.#lists.get(key);
    if (list) list.push(mentor);
    else this.#lists.set(key, [mentor]);
  }

  clear(from: Uint32Array, key: string): void {
    const list = this.#lists.get(key);
    if (list) for (const mentor of list) clearBit(from, mentor);
  }
}

/**
 * The mentors of a programme as bit rows (bitmap index: O'Neil and Quass 1997). Building: linear in what the mentors
 * say. One mentee: (terms said) x (mentors / 32) operations, then the few exclusions.
 */
export class PairIndex {
  readonly words: number;
  readonly #conditions: MatchConditions;
  readonly #open: Uint32Array;
  readonly #kept: Uint32Array;
  readonly #anyTime: Uint32Array;
  readonly #some: Uint32Array;
  readonly #languages: BitRows;
  readonly #topics: BitRows;
  readonly #formats: BitRows;
  readonly #modalities: BitRows;
  readonly #labs: BitRows;
  readonly #halfDays: BitRows;
  readonly #people = new Lists();
  readonly #selves = new Lists();
  readonly #naming = new Lists();
  readonly #teams = new Lists();
  readonly #proposed = new Map<string, string[]>();

  constructor(mentors: readonly MatchMentor[], conditions: MatchConditions, proposedBefore: readonly ProposedPair[]) {
    this.words = Math.ceil(mentors.length / 32);
    this.#conditions = conditions;
    const empty = (): Uint32Array => new Uint32Array(this.words);
    [this.#open, this.#kept, this.#anyTime, this.#some] = [empty(), empty(), empty(), empty()];
    this.#languages = new BitRows(this.words);
    this.#topics = new BitRows(this.words);
    this.#formats = new BitRows(this.words);
    this.#modalities = new BitRows(this.words);
    this.#labs = new BitRows(this.words);
    this.#halfDays = new BitRows(this.words);
    mentors.forEach((mentor, at) => {
      if (mentor.paused !== true && mentor.places > 0) this.#add(mentor, at);
    });
    for (const { one, other } of proposedBefore) {
      this.#proposed.set(one, [...(this.#proposed.get(one) ?? []), other]);
      this.#proposed.set(other, [...(this.#proposed.get(other) ?? []), one]);
    }
  }

  #add(mentor: MatchMentor, at: number): void {
    const { ties } = mentor;
    setBit(this.#open, at);
    if (mentor.keptForConversation) setBit(this.#kept, at);
    if (mentor.anyTime) setBit(this.#anyTime, at);
    this.#languages.add(at, mentor.languages);
    this.#topics.add(at, mentor.topics);
    this.#formats.add(at, mentor.formats);
    this.#modalities.add(at, mentor.modalities);
    this.#labs.add(at, [mentor.labId]);
    this.#halfDays.add(at, halfDaysOf(mentor));
    this.#people.add(mentor.personId, at);
    for (const hash of ties.self) this.#selves.add(hash, at);
    for (const hash of [...ties.supervisors, ...ties.avoid]) this.#naming.add(hash, at);
    if (ties.team !== undefined) this.#teams.add(ties.team, at);
  }

  /**
   * Sets the bits of the mentors who meet every condition but two, which the score decides: the common hour (here only
   * a half-day with an hour for each) and the floor. `into` has `words` words.
   */
  candidates(mentee: MatchMentee, into: Uint32Array): void {
    into.set(this.#open);
    const range = { from: 0, to: this.words };
    this.#keepLab(mentee, into, range);
    for (const saying of this.#sayings(mentee)) {
      this.#join(saying, range);
      for (let w = range.from; w < range.to; w++) into[w] = (into[w] as number) & (this.#some[w] as number);
    }
    this.#exclude(mentee, into);
  }

  /** First the lab, where it is a condition: mentors of one lab lie side by side, so little is left to look at. */
  #keepLab({ labId, labPreference }: MatchMentee, into: Uint32Array, range: Range): void {
    if (!this.#conditions.lab || (labPreference !== 'same_only' && labPreference !== 'other_only')) return;
    this.#join({ rows: this.#labs, terms: [labId] }, range);
    const flip = labPreference === 'same_only' ? 0 : -1;
    for (let w = 0; w < into.length; w++) into[w] = (into[w] as number) & ((this.#some[w] as number) ^ flip);
    while (range.from < range.to && into[range.from] === 0) range.from++;
    while (range.from < range.to && into[range.to - 1] === 0) range.to--;
  }

  #sayings(mentee: MatchMentee): Saying[] {
    const { language, topic, format, modality, availability } = this.#conditions;
    const sayings: Saying[] = [];
    if (topic && !mentee.keptForConversation) {
      sayings.push({ rows: this.#topics, terms: mentee.topics, others: this.#kept });
    }
    if (availability) {
      sayings.push({
        rows: this.#halfDays,
        terms: halfDaysOf(mentee),
        others: mentee.anyTime ? this.#anyTime : undefined,
      });
    }
    if (format) sayings.push({ rows: this.#formats, terms: mentee.formats });
    if (modality) sayings.push({ rows: this.#modalities, terms: mentee.modalities });
    if (language) sayings.push({ rows: this.#languages, terms: mentee.languages });
    return sayings;
  }

  #join({ rows, terms, others }: Saying, range: Range): void {
    this.#some.fill(0, range.from, range.to);
    if (others) for (let w = range.from; w < range.to; w++) this.#some[w] = others[w] as number;
    rows.join(this.#some, terms, range);
  }

  /** The same person, ties in both directions as tieBetween sees them, and earlier proposals. */
  #exclude({ personId, ties }: MatchMentee, from: Uint32Array): void {
    this.#people.clear(from, personId);
    if (ties.team !== undefined) this.#teams.clear(from, ties.team);
    for (const hash of ties.self) this.#naming.clear(from, hash);
    for (const hash of ties.supervisors) this.#selves.clear(from, hash);
    for (const hash of ties.avoid) this.#selves.clear(from, hash);
    for (const other of this.#proposed.get(personId) ?? []) this.#people.clear(from, other);
  }
}

/** What a mentee says in one matter; `others` count whatever they say there. */
interface Saying {
  readonly rows: BitRows;
  readonly terms: Iterable<string>;
  readonly others?: Uint32Array | undefined;
}

/** Words [from, to). */
interface Range {
  from: number;
  to: number;
}

/** The half-days in which a full hour may start. */
function halfDaysOf({ slots }: Pick<MatchPerson, 'slots'>): string[] {
  const starts = slotsIn(hourStartBits(slots));
  const names: string[] = [];
  let last = -1;
  for (const slot of starts) {
    const at = Math.floor(slot / halfDay);
    if (at !== last) names.push(halfDayNames[at] as string);
    last = at;
  }
  return names;
}
