// The scores of one mentee with many mentors as table look-ups: mentors who say the same in a matter share one class,
// and what a class is worth is worked out once per mentee (subjects), per week (hours) or per programme (manners).
import { classesOf } from './classes.ts';
import { HourTable } from './hour-table.ts';
import { MannerTable } from './manner-table.ts';
import type { PairIndex } from './pairs.ts';
import type { MatchRules } from './rules.ts';
import { labWishMet } from './score.ts';
import { SubjectTable } from './subject-table.ts';
import type { MatchInput, MatchMentee } from './types.ts';
import type { Weeks } from './weeks.ts';

/** A pair in one number: the score in the high byte, the mentor's index below. Sorting the numbers sorts by score. */
export const packPair = (score: number, mentor: number): number => ((score << 24) | mentor) >>> 0;
export const scoreOf = (pair: number): number => pair >>> 24;
export const mentorOf = (pair: number): number => pair & 0xffffff;
/** So many mentors at most fit the packing. */
export const mostMentors = 2 ** 24;

const { unknown } = SubjectTable;

export interface RowRequest {
  /** The mentee's manner. */
  readonly manner: number;
  readonly candidates: Pick<PairIndex, 'from' | 'to' | 'bits'>;
  /** Room for as many numbers as there are mentors. */
  readonly out: Uint32Array;
}

/** Building: linear in the mentors. One row: about a dozen operations per candidate. */
export class PointTables {
  readonly #rules: MatchRules;
  readonly #subjects: SubjectTable;
  readonly #hours: HourTable;
  readonly #weekOf: Uint32Array;
  readonly #manners: MannerTable;
  readonly #labOf: Uint32Array;
  readonly #labNumbers: ReadonlyMap<string, number>;
  readonly #labs: Int8Array;

  constructor({ mentors, rules }: Pick<MatchInput, 'mentors' | 'rules'>, weeks: Weeks) {
    if (mentors.length > mostMentors) throw new RangeError('too many mentors for one run');
    this.#rules = rules;
    this.#subjects = new SubjectTable(mentors, rules);
    this.#weekOf = weeks.of;
    this.#hours = new HourTable(weeks, rules);
    this.#manners = new MannerTable(mentors, rules);
    const labs = classesOf(mentors, ({ labId }) => labId);
    this.#labOf = labs.of;
    this.#labNumbers = new Map(labs.first.map(({ labId }, at) => [labId, at]));
    this.#labs = new Int8Array(labs.first.length);
  }

  /** Turns to a mentee's week (see weekBits); rows of people with the same week need it once. */
  turnTo(week: Uint32Array): void {
    this.#hours.begin(week);
  }

  /**
   * Scores the candidates of a mentee and writes those who have a common hour and reach the floor, packed, in the order
   * of their indexes. Returns how many.
   */
  scoreRow(mentee: MatchMentee, { manner, candidates, out }: RowRequest): number {
    const [subjects, hours] = [this.#subjects, this.#hours];
    const mask = subjects.begin(mentee);
    const [offers, subjectPoints, weekOf, hourPoints] = [subjects.offers, subjects.points, this.#weekOf, hours.points];
    const [mannerOf, labOf, manners, labs] = [
      this.#manners.of,
      this.#labOf,
      this.#manners.row(mentee, manner),
      this.#labs,
    ];
    const { from, to, bits } = candidates;
    this.#turnToLab(mentee);
    const below = this.#rules.floor - 1;
    let count = 0;
    for (let w = from; w < to; w++) {
      for (let left = (bits[w] as number) | 0; left !== 0; left &= left - 1) {
        const at = (w << 5) | (31 - Math.clz32(left & -left));
        const week = weekOf[at] as number;
        let hour = hourPoints[week] as number;
        if (hour === unknown) hour = hours.work(week);
        const key = (offers[at] as number) & mask;
        let subject = subjectPoints[key] as number;
        if (subject === unknown) subject = subjects.work(key);
        const score =
          subject + hour + (manners[mannerOf[at] as number] as number) + (labs[labOf[at] as number] as number);
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
