// Topic and breadth points of one mentee with any mentor, by bits of the topics; each combination worked out once a row.
import { topics as allTopics } from '../topic.ts';
import type { Topic } from '../topic.ts';
import type { MatchRules } from './rules.ts';
import { topicCount, topicMask, topicNumber } from './said.ts';
import { familyBit, subjectPoints, wishWeight } from './score.ts';
import type { SubjectMeeting } from './score.ts';
import type { MatchMentee, MatchMentor } from './types.ts';
import { bitCount } from './week.ts';

/** Per topic, by number, the bit of its family. */
const families = Uint8Array.from(allTopics, (topic) => familyBit.get(topic) ?? 0);

const keptBit = 4;

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
  readonly #touched: number[] = [];
  readonly #known: MeetingTable;
  readonly #rules: MatchRules;
  /** Of the present mentee: what each topic weighs by its number, and all wishes together. */
  readonly #weights = new Int32Array(topicCount);
  #kept = 0;
  #wanted = 0;
  #wantedFamilies = 0;

  constructor(rules: MatchRules) {
    this.#rules = rules;
    this.#known = new MeetingTable(rules);
  }

  /** Turns to a mentee and returns the topics wished, as bits. */
  begin({ topics, keptForConversation }: MatchMentee): number {
    for (let k = 0; k < this.#touched.length; k++) this.points[this.#touched[k] as number] = SubjectTable.unknown;
    this.#touched.length = 0;
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
    const kind = (key >>> topicCount) | this.#kept;
    this.#touched.push(key);
    return (this.points[key] = this.#known.pointsOf({
      met,
      wanted: this.#wanted,
      shared: Math.min(shared, 3),
      offered: kind & 3,
      sharedFamilies: bitCount(sharedFamilies),
      wantedFamilies: this.#wantedFamilies,
      kept: kind >= keptBit,
    }));
  }
}

/** Points by what subjectPoints looks at, once asked for; the same few hundred meetings come up again and again. */
class MeetingTable {
  readonly #rules: MatchRules;
  readonly #byWanted: Int8Array[] = [];

  constructor(rules: MatchRules) {
    this.#rules = rules;
  }

  pointsOf(meeting: SubjectMeeting): number {
    const { met, wanted, shared, offered, sharedFamilies, wantedFamilies, kept } = meeting;
    const most = 2 * 4 ** 4;
    const table = (this.#byWanted[wanted] ??= new Int8Array(most * (wanted + 1)).fill(SubjectTable.unknown));
    const subjects = (((shared << 2) | offered) << 2) | sharedFamilies;
    const at = met * most + ((((subjects << 2) | wantedFamilies) << 1) | Number(kept));
    const known = table[at] as number;
    if (known !== SubjectTable.unknown) return known;
    const { topics, breadth } = subjectPoints(this.#rules, meeting);
    return (table[at] = topics + breadth);
  }
}
