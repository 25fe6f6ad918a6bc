// Topic and breadth points of one mentee with any mentor, by bits of the topics; each combination worked out once a row.
import type { MenteesSaid } from './people.ts';
import type { MatchRules } from './rules.ts';
import { keptTopic, topicCount, topicList, wishesInOne } from './said.ts';
import { familyBit, subjectPoints, wishWeight } from './score.ts';
import { bitCount } from './week.ts';

/** Per topic, by number, the bit of its family. */
export const familyBits = Uint8Array.from(topicList.terms, (topic) => familyBit.get(topic) ?? 0);

const keptBit = 4;
/** Meetings of one weight: shared topics (three at most), kind of offer, families shared and wanted. */
const meetings = 4 * 8 * 4 * 4;

/** The bits of an offer that are not topics. */
const aboveTopics = -1 << topicCount;

/** A bit for each topic the mentor offers, above them how many (three at most) and whether the subject is kept. */
export function offerOf(said: number): number {
  const topics = said & (keptTopic - 1);
  const kind = Math.min(bitCount(topics), 3) + (said >= keptTopic ? keptBit : 0);
  return (kind << topicCount) | topics;
}

/** Up to so many wishes all that may be in common is worked out at once: faster than asking each time what is known. */
const mostAtOnce = 6;
const combinations = 1 << mostAtOnce;

/** Memory: 256 KB. Turning to another mentee costs what is worked out at once, or what was asked for before. */
export class SubjectTable {
  static readonly unknown = -1;
  /** Points by offer, less the topics nobody wishes; `unknown` until asked for. Another table for many wishes. */
  points: Int8Array;
  readonly #atOnce = new Int8Array(8 << topicCount);
  readonly #asked = new Int8Array(8 << topicCount).fill(SubjectTable.unknown);
  /** Which points of the second table are known, in the first so many entries. */
  readonly #touched: number[] = [];
  #touches = 0;
  readonly #rules: MatchRules;
  /** The kinds of offer there are. */
  readonly #kinds: readonly number[];
  /** By the weight of all wishes: points by what else subjectPoints looks at; a few hundred meetings come again and again. */
  readonly #byWanted: Int8Array[] = [];
  /** Of the present mentee: what each topic weighs by its number, and all wishes together. */
  readonly #weights = new Int32Array(topicCount);
  #kept = 0;
  #wanted = 0;
  #wantedFamilies = 0;
  #met: Int8Array = new Int8Array(0);
  /** Per combination of wishes: the topics, and as `meeting` takes it what they weigh, how many and which families. */
  readonly #keys = new Int32Array(combinations);
  readonly #weighing = new Int32Array(combinations);
  readonly #sizes = new Int32Array(combinations);
  readonly #families = new Int32Array(combinations);

  /** offers: of all mentors, as offerOf gives them. */
  constructor(rules: MatchRules, offers: Int32Array) {
    this.#rules = rules;
    const kinds = new Uint8Array(8);
    for (let at = 0; at < offers.length; at++) kinds[(offers[at] as number) >>> topicCount] = 1;
    this.#kinds = [...kinds.keys()].filter((kind) => kinds[kind] === 1);
    this.points = this.#atOnce;
  }

  /** Turns to a mentee and returns what of an offer matters to them, as a mask. */
  begin({ topics, wishes, moreWishes }: MenteesSaid, mentee: number): number {
    const said = topics[mentee] as number;
    this.#kept = said >= keptTopic ? keptBit : 0;
    this.#wanted = 0;
    const some = this.#weigh(wishes[mentee] as number, 0);
    const others = this.#weigh(moreWishes[mentee] as number, wishesInOne);
    this.#wantedFamilies = bitCount(some | others);
    this.#met = this.#byWanted[this.#wanted] ??= new Int8Array(meetings * (this.#wanted + 1)).fill(
      SubjectTable.unknown,
    );
    const own = said & (keptTopic - 1);
    if (bitCount(own) <= mostAtOnce) this.#workAll(own);
    else this.#forget();
    return own | aboveTopics;
  }

  /** Weighs wishes, the first of which has rank `from`; returns their families. */
  #weigh(wishes: number, from: number): number {
    let touched = 0;
    for (let left = wishes, rank = from; left !== 0; left >>>= topicList.width, rank++) {
      const number = topicList.dearest(left);
      const weight = wishWeight(this.#rules, rank);
      this.#weights[number] = weight;
      this.#wanted += weight;
      touched |= familyBits[number] as number;
    }
    return touched;
  }

  /** Each topic doubles the combinations: those without it, and those with it. */
  #workAll(topics: number): void {
    let count = 1;
    for (let left = topics; left !== 0; left &= left - 1, count *= 2) {
      const number = 31 - Math.clz32(left & -left);
      const [weight, family] = [this.#weights[number] as number, familyBits[number] as number];
      for (let k = 0; k < count; k++) {
        this.#keys[count + k] = (this.#keys[k] as number) | (1 << number);
        this.#weighing[count + k] = (this.#weighing[k] as number) + weight;
        this.#sizes[count + k] = (this.#sizes[k] as number) + 1;
        this.#families[count + k] = (this.#families[k] as number) | family;
      }
    }
    this.points = this.#atOnce;
    for (let k = 0; k < count; k++) {
      const meeting = this.#meeting(this.#weighing[k] as number, this.#sizes[k] as number, this.#families[k] as number);
      for (let kind = 0; kind < this.#kinds.length; kind++) {
        const offered = this.#kinds[kind] as number;
        this.points[(offered << topicCount) | (this.#keys[k] as number)] = this.#pointsAt(meeting, offered);
      }
    }
  }

  #forget(): void {
    this.points = this.#asked;
    for (let k = 0; k < this.#touches; k++) this.points[this.#touched[k] as number] = SubjectTable.unknown;
    this.#touches = 0;
  }

  work(key: number): number {
    let [met, shared, families] = [0, 0, 0];
    for (let left = key & ~aboveTopics; left !== 0; left &= left - 1) {
      const number = 31 - Math.clz32(left & -left);
      met += this.#weights[number] as number;
      shared += 1;
      families |= familyBits[number] as number;
    }
    this.#touched[this.#touches++] = key;
    return (this.points[key] = this.#pointsAt(this.#meeting(met, shared, families), key >>> topicCount));
  }

  /** All that the points depend on but the kind of offer: weight met, topics shared (three at most), their families. */
  #meeting(met: number, shared: number, families: number): number {
    return met * meetings + ((Math.min(shared, 3) << 7) | (bitCount(families) << 2) | this.#wantedFamilies);
  }

  #pointsAt(meeting: number, kind: number): number {
    const at = meeting + ((kind | this.#kept) << 4);
    const known = this.#met[at] as number;
    return known === SubjectTable.unknown ? this.#ask(at) : known;
  }

  #ask(at: number): number {
    const { topics, breadth } = subjectPoints(this.#rules, {
      met: Math.floor(at / meetings),
      wanted: this.#wanted,
      shared: (at >>> 7) & 3,
      offered: (at >>> 4) & 3,
      sharedFamilies: (at >>> 2) & 3,
      wantedFamilies: this.#wantedFamilies,
      kept: ((at >>> 4) & keptBit) !== 0,
    });
    return (this.#met[at] = topics + breadth);
  }
}
