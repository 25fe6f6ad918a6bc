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

/** Memory: 128 KB. A new row costs what the row before has touched. */
export class SubjectTable {
  static readonly unknown = -1;
  /** Points by offer, less the topics nobody wishes; `unknown` until asked for. */
  readonly points = new Int8Array(8 << topicCount).fill(SubjectTable.unknown);
  /** Which points are known, in the first so many entries. */
  readonly #touched: number[] = [];
  #touches = 0;
  readonly #rules: MatchRules;
  /** By the weight of all wishes: points by what else subjectPoints looks at; a few hundred meetings come again and again. */
  readonly #byWanted: Int8Array[] = [];
  /** Of the present mentee: what each topic weighs by its number, and all wishes together. */
  readonly #weights = new Int32Array(topicCount);
  #kept = 0;
  #wanted = 0;
  #wantedFamilies = 0;
  #met: Int8Array = new Int8Array(0);

  constructor(rules: MatchRules) {
    this.#rules = rules;
  }

  /** Turns to a mentee and returns what of an offer matters to them, as a mask. */
  begin({ topics, wishes, moreWishes }: MenteesSaid, mentee: number): number {
    for (let k = 0; k < this.#touches; k++) this.points[this.#touched[k] as number] = SubjectTable.unknown;
    this.#touches = 0;
    const said = topics[mentee] as number;
    this.#kept = said >= keptTopic ? keptBit : 0;
    this.#wanted = 0;
    const some = this.#weigh(wishes[mentee] as number, 0);
    const others = this.#weigh(moreWishes[mentee] as number, wishesInOne);
    this.#wantedFamilies = bitCount(some | others);
    this.#met = this.#byWanted[this.#wanted] ??= new Int8Array(meetings * (this.#wanted + 1)).fill(
      SubjectTable.unknown,
    );
    return (said & (keptTopic - 1)) | aboveTopics;
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

  work(key: number): number {
    let met = 0;
    let shared = 0;
    let sharedFamilies = 0;
    for (let left = key & ~aboveTopics; left !== 0; left &= left - 1) {
      const number = 31 - Math.clz32(left & -left);
      met += this.#weights[number] as number;
      shared += 1;
      sharedFamilies |= familyBits[number] as number;
    }
    this.#touched[this.#touches++] = key;
    const kind = (key >>> topicCount) | this.#kept;
    const count = bitCount(sharedFamilies);
    const meeting = (Math.min(shared, 3) << 7) | (kind << 4) | (count << 2) | this.#wantedFamilies;
    const at = met * meetings + meeting;
    const known = this.#met[at] as number;
    return (this.points[key] = known === SubjectTable.unknown ? this.#ask({ met, shared, count, kind, at }) : known);
  }

  #ask({ met, shared, count, kind, at }: Meeting): number {
    const { topics, breadth } = subjectPoints(this.#rules, {
      met,
      wanted: this.#wanted,
      shared,
      offered: kind & 3,
      sharedFamilies: count,
      wantedFamilies: this.#wantedFamilies,
      kept: kind >= keptBit,
    });
    return (this.#met[at] = topics + breadth);
  }
}

interface Meeting {
  readonly met: number;
  readonly shared: number;
  /** Families of the shared topics. */
  readonly count: number;
  /** As in an offer. */
  readonly kind: number;
  /** Where the points are kept. */
  readonly at: number;
}
