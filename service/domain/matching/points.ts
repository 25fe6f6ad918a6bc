// The scores of one mentee with many mentors as table look-ups: mentors who say the same in a matter share one class,
// and what a class is worth is worked out once per mentee (subjects, hours) or once per programme (languages, terms).
import { topics as allTopics } from '../topic.ts';
import type { Topic } from '../topic.ts';
import { SlotColumns, classesOf, languageClass, termsClass } from './classes.ts';
import type { Classes } from './classes.ts';
import type { MatchRules } from './rules.ts';
import {
  availabilityPoints,
  familyBit,
  formatPoints,
  labPoints,
  languagePoints,
  subjectPoints,
  wishWeight,
} from './score.ts';
import type { MatchMentee, MatchMentor } from './types.ts';
import { bitCount } from './week.ts';

/** A pair in one number: the score in the high byte, the mentor's index below. Sorting the numbers sorts by score. */
export const packPair = (score: number, mentor: number): number => ((score << 24) | mentor) >>> 0;
export const scoreOf = (pair: number): number => pair >>> 24;
export const mentorOf = (pair: number): number => pair & 0xffffff;
/** So many mentors at most fit the packing. */
export const mostMentors = 2 ** 24;

const unknown = -1;
const impossible = -2;
const topicBits = allTopics.length;
const bits = new Map(allTopics.map((topic, bit) => [topic, 1 << bit]));
const bitOf = (topic: Topic): number => bits.get(topic) ?? 0;
const maskOf = (list: readonly Topic[]): number => list.reduce((mask, topic) => mask | bitOf(topic), 0);

/** Building: linear in the mentors. One row: about fifteen operations per candidate. */
export class PointTables {
  readonly #rules: MatchRules;
  readonly #languages: Classes;
  readonly #terms: Classes;
  readonly #labs: Classes;
  readonly #slots: Classes;
  readonly #slotColumns: SlotColumns;
  readonly #slotWords: readonly Uint32Array[];
  /** Per mentor the topics offered, and above them how many (three at most) and whether the subject is kept. */
  readonly #topicMask: Uint32Array;
  readonly #topicKind: Uint32Array;
  readonly #topicMemo = new Int8Array(8 << topicBits).fill(unknown);
  readonly #topicTouched: number[] = [];
  readonly #slotMemo: Int8Array;
  readonly #shared = new Map<string, Int8Array>();

  constructor(mentors: readonly MatchMentor[], rules: MatchRules) {
    if (mentors.length > mostMentors) throw new RangeError('too many mentors for one run');
    this.#rules = rules;
    this.#languages = classesOf(mentors, languageClass);
    this.#terms = classesOf(mentors, termsClass);
    this.#labs = classesOf(mentors, (mentor) => mentor.labId);
    this.#slotColumns = new SlotColumns(mentors);
    this.#slots = classesOf(mentors, (mentor) => `${mentor.anyTime ? '*' : ''}${mentor.slots.join()}`);
    this.#slotWords = this.#slots.first.map((mentor) => this.#slotColumns.of(mentor));
    this.#slotMemo = new Int8Array(this.#slots.first.length);
    this.#topicMask = Uint32Array.from(mentors, (mentor) => maskOf(mentor.topics));
    this.#topicKind = Uint32Array.from(
      mentors,
      ({ topics, keptForConversation }) => (Math.min(topics.length, 3) + (keptForConversation ? 4 : 0)) << topicBits,
    );
  }

  /**
   * Scores the candidates (bits) of a mentee and writes those who have a common hour and reach the least score, packed,
   * in the order of their indexes. Returns how many. `out` must hold as many numbers as there are mentors.
   */
  scoreRow(mentee: MatchMentee, { candidates, least, out }: RowRequest): number {
    const languages = this.#sharedRow('languages', mentee, languageClass(mentee));
    const terms = this.#sharedRow('terms', mentee, termsClass(mentee));
    const labs = this.#sharedRow('labs', mentee, `${mentee.labId}|${mentee.labPreference}`);
    const [languageOf, termsOf, labOf, slotsOf] = [this.#languages.of, this.#terms.of, this.#labs.of, this.#slots.of];
    const [topicMask, topicKind, topicMemo] = [this.#topicMask, this.#topicKind, this.#topicMemo];
    const slotMemo = this.#slotMemo.fill(unknown);
    const ownSlots = this.#slotColumns.of(mentee);
    const wishes = maskOf(mentee.topics);
    let count = 0;
    for (let w = 0; w < candidates.length; w++) {
      let left = candidates[w] as number;
      while (left !== 0) {
        const bit = 31 - Math.clz32(left & -left);
        left &= left - 1;
        const at = (w << 5) | bit;
        const slots = slotsOf[at] as number;
        let hours = slotMemo[slots] as number;
        if (hours === unknown) slotMemo[slots] = hours = this.#slotPoints(mentee, slots, ownSlots);
        if (hours === impossible) continue;
        const key = ((topicMask[at] as number) & wishes) | (topicKind[at] as number);
        let subject = topicMemo[key] as number;
        if (subject === unknown) subject = this.#subjectOf(mentee, key);
        const score =
          subject +
          hours +
          (languages[languageOf[at] as number] as number) +
          (terms[termsOf[at] as number] as number) +
          (labs[labOf[at] as number] as number);
        if (score >= least) out[count++] = packPair(score, at);
      }
    }
    for (const key of this.#topicTouched) topicMemo[key] = unknown;
    this.#topicTouched.length = 0;
    return count;
  }

  #sharedRow(matter: 'languages' | 'terms' | 'labs', mentee: MatchMentee, text: string): Int8Array {
    const key = `${matter}|${text}`;
    let row = this.#shared.get(key);
    if (row) return row;
    const rules = this.#rules;
    if (matter === 'languages') {
      row = Int8Array.from(this.#languages.first, (mentor) => languagePoints(rules, mentee, mentor));
    } else if (matter === 'terms') {
      row = Int8Array.from(this.#terms.first, (mentor) => formatPoints(rules, mentee, mentor));
    } else {
      row = Int8Array.from(this.#labs.first, (mentor) => labPoints(rules, mentee, mentor));
    }
    this.#shared.set(key, row);
    return row;
  }

  #subjectOf(mentee: MatchMentee, key: number): number {
    const { topics } = mentee;
    let [met, wanted, shared, sharedFamilies, wantedFamilies] = [0, 0, 0, 0, 0];
    for (let rank = 0; rank < topics.length; rank++) {
      const topic = topics[rank] as Topic;
      const family = familyBit.get(topic) ?? 0;
      const weight = wishWeight(this.#rules, rank);
      wanted += weight;
      wantedFamilies |= family;
      if ((key & bitOf(topic)) === 0) continue;
      met += weight;
      shared += 1;
      sharedFamilies |= family;
    }
    const points = subjectPoints(this.#rules, {
      met,
      wanted,
      shared,
      offered: (key >>> topicBits) & 3,
      sharedFamilies: bitCount(sharedFamilies),
      wantedFamilies: bitCount(wantedFamilies),
      kept: mentee.keptForConversation || key >>> topicBits >= 4,
    });
    this.#topicTouched.push(key);
    return (this.#topicMemo[key] = points.topics + points.breadth);
  }

  #slotPoints(mentee: MatchMentee, slotClass: number, ownSlots: Uint32Array): number {
    const theirs = this.#slotWords[slotClass] as Uint32Array;
    let starts = 0;
    for (let w = 0; w < ownSlots.length; w++) starts += bitCount((ownSlots[w] as number) & (theirs[w] as number));
    const bothAnyTime = mentee.anyTime && this.#slots.first[slotClass]?.anyTime === true;
    if (starts === 0 && !bothAnyTime && this.#rules.conditions.availability) return impossible;
    return availabilityPoints(this.#rules, starts, bothAnyTime);
  }
}

export interface RowRequest {
  readonly candidates: Uint32Array;
  readonly least: number;
  readonly out: Uint32Array;
}
