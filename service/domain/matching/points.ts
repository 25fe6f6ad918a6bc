// The scores of one mentee with many mentors as table look-ups: mentors who say the same in a matter share one class,
// and what a class is worth is worked out once per mentee (subjects), per week (hours) or per programme (manners).
import { classesOf } from './classes.ts';
import { HourTable } from './hour-table.ts';
import { MannerTable } from './manner-table.ts';
import type { PairIndex } from './pairs.ts';
import type { MatchRules } from './rules.ts';
import { labWishMet } from './score.ts';
import type { MentorsSaid } from './said.ts';
import { SubjectTable, aboveTopics, offerOf } from './subject-table.ts';
import type { MatchInput, MatchMentee, MatchMentor } from './types.ts';

/** A pair in one number: the score in the high byte, the mentor's index below. Sorting the numbers sorts by score. */
export const packPair = (score: number, mentor: number): number => ((score << 24) | mentor) >>> 0;
export const scoreOf = (pair: number): number => pair >>> 24;
export const mentorOf = (pair: number): number => pair & 0xffffff;
/** So many mentors at most fit the packing. */
export const mostMentors = 2 ** 24;

export interface RowRequest {
  /** The mentee's manner and topics, as bits. */
  readonly manner: number;
  readonly topics: number;
  readonly candidates: Pick<PairIndex, 'from' | 'to' | 'bits'>;
  /** Room for as many numbers as there are mentors. */
  readonly out: Uint32Array;
}

/** Building: linear in the mentors. One row: about a dozen operations per candidate. */
export class PointTables {
  readonly #rules: MatchRules;
  readonly #subjects: SubjectTable;
  readonly #hours: HourTable;
  readonly #manners: MannerTable;
  readonly #labNumbers: ReadonlyMap<string, number>;
  /** Per lab its points with the present mentee. */
  readonly #labs: Int8Array;
  /** Per mentor week, offer, manner and lab side by side: they are always asked for together. */
  readonly #facts: Int32Array;

  constructor({ mentors, rules }: Pick<MatchInput, 'mentors' | 'rules'>, { weeks, manners }: MentorsSaid) {
    if (mentors.length > mostMentors) throw new RangeError('too many mentors for one run');
    this.#rules = rules;
    this.#subjects = new SubjectTable(rules);
    this.#hours = new HourTable(weeks, rules);
    this.#manners = new MannerTable({ mentors, manners, rules });
    const labs = classesOf(mentors, ({ labId }) => labId);
    this.#labNumbers = new Map(labs.first.map(({ labId }, at) => [labId, at]));
    this.#labs = new Int8Array(labs.first.length);
    this.#facts = new Int32Array(4 * mentors.length);
    for (let at = 0; at < mentors.length; at++) {
      this.#facts[4 * at] = weeks.of[at] as number;
      this.#facts[4 * at + 1] = offerOf(mentors[at] as MatchMentor);
      this.#facts[4 * at + 2] = this.#manners.of[at] as number;
      this.#facts[4 * at + 3] = labs.of[at] as number;
    }
  }

  /** Turns to a mentee, whose week was turned to, and returns the topics wished, as bits. */
  begin(mentee: MatchMentee): number {
    this.#turnToLab(mentee);
    return this.#subjects.begin(mentee);
  }

  /** Turns to a mentee's week (see weekBits); rows of people with the same week need it once. */
  turnTo(week: Uint32Array): void {
    this.#hours.begin(week);
  }

  /**
   * Scores the candidates of the mentee turned to and writes those who have a common hour and reach the floor, packed, in the order
   * of their indexes. Returns how many.
   */
  scoreRow(mentee: MatchMentee, { manner, topics, candidates, out }: RowRequest): number {
    const [subjects, hours, facts, labs] = [this.#subjects, this.#hours, this.#facts, this.#labs];
    const mask = topics | aboveTopics;
    const [subjectPoints, hourPoints, manners] = [subjects.points, hours.points, this.#manners.row(mentee, manner)];
    const { from, to, bits } = candidates;
    const below = this.#rules.floor - 1;
    let count = 0;
    for (let w = from; w < to; w++) {
      for (let left = (bits[w] as number) | 0; left !== 0; left &= left - 1) {
        const at = (w << 5) | (31 - Math.clz32(left & -left));
        const week = facts[at << 2] as number;
        const key = (facts[(at << 2) + 1] as number) & mask;
        let hour = hourPoints[week] as number;
        if (hour === HourTable.unknown) hour = hours.work(week);
        let subject = subjectPoints[key] as number;
        if (subject === SubjectTable.unknown) subject = subjects.work(key);
        const other =
          (manners[facts[(at << 2) + 2] as number] as number) + (labs[facts[(at << 2) + 3] as number] as number);
        const score = subject + hour + other;
        // Written before it is known to count, and overwritten if not: cheaper than a jump nobody can foresee.
        out[count] = (score << 24) | at;
        count += (below - score) >>> 31;
      }
    }
    return count;
  }

  #turnToLab({ labId, labPreference }: MatchMentee): void {
    const { lab } = this.#rules.weights;
    this.#labs.fill(labWishMet(labPreference, false) ? lab : 0);
    const own = this.#labNumbers.get(labId);
    if (own !== undefined) this.#labs[own] = labWishMet(labPreference, true) ? lab : 0;
  }
}
