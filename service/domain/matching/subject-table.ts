// Topic and breadth points of one mentee with any mentor, by bits of the topics; each combination worked out once a row.
import { topics as allTopics } from '../topic.ts';
import type { MatchRules } from './rules.ts';
import { topicCount, topicMask, topicNumber } from './said.ts';
import { familyBit, subjectPoints, wishWeight } from './score.ts';
import type { MatchMentee, MatchMentor } from './types.ts';
import { bitCount } from './week.ts';

/** Per topic, by number, the bit of its family. */
const families = Uint8Array.from(allTopics, (topic) => familyBit.get(topic) ?? 0);

/** The bits of an offer that are not topics. */
export const aboveTopics = -1 << topicCount;

/** A bit for each topic the mentor offers, above them how many (three at most) and whether the subject is kept. */
export function offerOf({ topics, keptForConversation }: Pick<MatchMentor, 'topics' | 'keptForConversation'>): number {
  const kind = Math.min(topics.length, 3) + (keptForConversation ? 4 : 0);
  return (kind << topicCount) | topicMask(topics);
}

/** Memory: 128 KB. A new row costs what the row before has touched. */
export class SubjectTable {
  static readonly unknown = -1;
  /** Points by offer, less the topics nobody wishes; `unknown` until asked for. */
  readonly points = new Int8Array(8 << topicCount).fill(SubjectTable.unknown);
  readonly #rules: MatchRules;
  readonly #touched: number[] = [];
  /** Of the present mentee: what each topic weighs by its number, and all wishes together. */
  readonly #weights = new Int32Array(topicCount);
  #kept = false;
  #wanted = 0;
  #wantedFamilies = 0;

  constructor(rules: MatchRules) {
    this.#rules = rules;
  }

  /** Turns to a mentee. */
  begin({ topics, keptForConversation }: MatchMentee): void {
    for (let k = 0; k < this.#touched.length; k++) this.points[this.#touched[k] as number] = SubjectTable.unknown;
    this.#touched.length = 0;
    this.#kept = keptForConversation;
    this.#wanted = 0;
    let wantedFamilies = 0;
    for (let rank = 0; rank < topics.length; rank++) {
      const number = topicNumber.get(topics[rank] as (typeof topics)[number]) as number;
      const weight = wishWeight(this.#rules, rank);
      this.#weights[number] = weight;
      this.#wanted += weight;
      wantedFamilies |= families[number] as number;
    }
    this.#wantedFamilies = bitCount(wantedFamilies);
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
    const kind = key >>> topicCount;
    const { topics, breadth } = subjectPoints(this.#rules, {
      met,
      wanted: this.#wanted,
      shared,
      offered: kind & 3,
      sharedFamilies: bitCount(sharedFamilies),
      wantedFamilies: this.#wantedFamilies,
      kept: this.#kept || kind >= 4,
    });
    this.#touched.push(key);
    return (this.points[key] = topics + breadth);
  }
}
