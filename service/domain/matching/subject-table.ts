// Topic and breadth points of one mentee with any mentor, by bits of the topics; each combination worked out once a row.
import { topics as allTopics } from '../topic.ts';
import type { Topic } from '../topic.ts';
import type { MatchRules } from './rules.ts';
import { topicCount, topicMask, topicNumber } from './said.ts';
import { familyBit, subjectPoints, wishWeight } from './score.ts';
import type { MatchMentee, MatchMentor } from './types.ts';
import { bitCount } from './week.ts';

/** Per topic, by number, the bit of its family. */
const families = Uint8Array.from(allTopics, (topic) => familyBit.get(topic) ?? 0);

const keptBit = 4;
/** Meetings of one weight: shared topics (three at most), kind of offer, families shared and wanted. */
const meetings = 4 * 8 * 4 * 4;

/** The bits of an offer that are not topics. */
export const aboveTopics = -1 << topicCount;

/** A bit for each topic the mentor offers, above them how many (three at most) and whether the subject is kept. */
export function offerOf({ topics, keptForConversation }: Pick<MatchMentor, 'topics' | 'keptForConversation'>): number {
  const kind = Math.min(topics.length, 3) + (keptForConversation ? keptBit : 0);
  return (kind << topicCount) | topicMask(topics);
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

  /** Turns to a mentee and returns the topics wished, as bits. */
  begin({ topics, keptForConversation }: MatchMentee): number {
    for (let k = 0; k < this.#touches; k++) this.points[this.#touched[k] as number] = SubjectTable.unknown;
    this.#touches = 0;
    this.#kept = keptForConversation ? keptBit : 0;
    this.#wanted = 0;
    let wantedFamilies = 0;
    let wished = 0;
    for (let rank = 0; rank < topics.length; rank++) {
      const number = topicNumber.get(topics[rank] as Topic) as number;
      const weight = wishWeight(this.#rules, rank);
      this.#weights[number] = weight;
      this.#wanted += weight;
      wantedFamilies |= families[number] as number;
      wished |= 1 << number;
    }
    this.#wantedFamilies = bitCount(wantedFamilies);
    this.#met = this.#byWanted[this.#wanted] ??= new Int8Array(meetings * (this.#wanted + 1)).fill(
      SubjectTable.unknown,
    );
    return wished;
  }

  work(key: number): number {
    let met = 0;
    let shared = 0;
    let sharedFamilies = 0;
    for (let left = key & ~aboveTopics; left !== 0; left &= left - 1) {
      const number = 31 - Math.clz32(left & -left);
      met += this.#weights[number] as number;
      shared += 1;
      sharedFamilies |= families[number] as number;
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
