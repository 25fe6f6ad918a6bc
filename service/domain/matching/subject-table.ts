// Topic and breadth points of one mentee with any mentor, by bits of the topics; each combination worked out once a row.
import { topics as allTopics } from '../topic.ts';
import type { Topic } from '../topic.ts';
import type { MatchRules } from './rules.ts';
import { familyBit, subjectPoints, wishWeight } from './score.ts';
import type { MatchMentee, MatchMentor } from './types.ts';
import { bitCount } from './week.ts';

const topicBits = allTopics.length;
const bits = new Map(allTopics.map((topic, bit) => [topic, 1 << bit]));
const bitOf = (topic: Topic): number => bits.get(topic) ?? 0;
const maskOf = (list: readonly Topic[]): number => list.reduce((mask, topic) => mask | bitOf(topic), 0);

/** Memory: 128 KB. A new row costs what the row before has touched. */
export class SubjectTable {
  static readonly unknown = -1;
  /** Per mentor a bit for each topic offered, above them how many (three at most) and whether the subject is kept. */
  readonly offers: Uint32Array;
  /** Points by offer & mask; `unknown` until asked for. */
  readonly points = new Int8Array(8 << topicBits).fill(SubjectTable.unknown);
  readonly #rules: MatchRules;
  readonly #touched: number[] = [];
  #kept = false;
  #wishes: readonly { readonly bit: number; readonly family: number; readonly weight: number }[] = [];
  #wanted = 0;
  #wantedFamilies = 0;

  constructor(mentors: readonly MatchMentor[], rules: MatchRules) {
    this.#rules = rules;
    this.offers = Uint32Array.from(mentors, ({ topics, keptForConversation }) => {
      const kind = Math.min(topics.length, 3) + (keptForConversation ? 4 : 0);
      return (kind << topicBits) | maskOf(topics);
    });
  }

  /** Turns to a mentee and returns the mask under which offers make the difference. */
  begin({ topics, keptForConversation }: MatchMentee): number {
    for (const key of this.#touched) this.points[key] = SubjectTable.unknown;
    this.#touched.length = 0;
    this.#kept = keptForConversation;
    this.#wishes = topics.map((topic, rank) => ({
      bit: bitOf(topic),
      family: familyBit.get(topic) ?? 0,
      weight: wishWeight(this.#rules, rank),
    }));
    this.#wanted = 0;
    let families = 0;
    for (const { weight, family } of this.#wishes) {
      this.#wanted += weight;
      families |= family;
    }
    this.#wantedFamilies = bitCount(families);
    return maskOf(topics) | (-1 << topicBits);
  }

  work(key: number): number {
    let met = 0;
    let shared = 0;
    let families = 0;
    for (const { bit, family, weight } of this.#wishes) {
      if ((key & bit) === 0) continue;
      met += weight;
      shared += 1;
      families |= family;
    }
    const { topics, breadth } = subjectPoints(this.#rules, {
      met,
      wanted: this.#wanted,
      shared,
      offered: (key >>> topicBits) & 3,
      sharedFamilies: bitCount(families),
      wantedFamilies: this.#wantedFamilies,
      kept: this.#kept || key >>> topicBits >= 4,
    });
    this.#touched.push(key);
    return (this.points[key] = topics + breadth);
  }
}
