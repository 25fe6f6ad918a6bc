// The scores of one mentee with many mentors as table look-ups: mentors who say the same in a matter share one class,
// and what a class is worth is worked out once per mentee (subjects), per week (hours) or per programme (manners).
import { HourTable } from './hour-table.ts';
import { SpeechTable, WayTable } from './manner-table.ts';
import type { MenteesSaid } from './people.ts';
import type { MentorSide, PairIndex } from './pairs.ts';
import type { MatchRules } from './rules.ts';
import { labWishMet } from './score.ts';
import { preferenceList, termsFrom } from './said.ts';
import { SubjectTable, offerOf } from './subject-table.ts';

/** A pair in one number: the score in the high byte, the mentor's index below. Sorting the numbers sorts by score. */
export const packPair = (score: number, mentor: number): number => ((score << 24) | mentor) >>> 0;
export const scoreOf = (pair: number): number => pair >>> 24;
export const mentorOf = (pair: number): number => pair & 0xffffff;
/** So many mentors at most fit the packing. */
export const mostMentors = 2 ** 24;

/** Facts of a mentor, side by side: they are always asked for together. */
const [weekFact, offerFact, speechFact, wayFact, labFact, facts] = [0, 1, 2, 3, 4, 5] as const;

/** Building: linear in the mentors. One row: about a dozen operations per candidate. */
export class PointTables {
  readonly #rules: MatchRules;
  readonly #subjects: SubjectTable;
  readonly #hours: HourTable;
  readonly #speeches: SpeechTable;
  readonly #ways: WayTable;
  /** Per lab its points with the present mentee. */
  readonly #labs: Int8Array;
  readonly #facts: Int32Array;

  constructor({ mentors, labs, speeches, rules }: MentorSide) {
    if (mentors.count > mostMentors) throw new RangeError('too many mentors for one run');
    this.#rules = rules;
    const offers = mentors.topics.map(offerOf);
    this.#subjects = new SubjectTable(rules, offers);
    this.#hours = new HourTable(mentors.weeks, rules);
    this.#speeches = new SpeechTable(speeches, rules);
    this.#ways = new WayTable(rules);
    this.#labs = new Int8Array(labs);
    this.#facts = new Int32Array(facts * mentors.count);
    for (let at = 0, fact = 0; at < mentors.count; at++, fact += facts) {
      this.#facts[fact + weekFact] = mentors.week[at] as number;
      this.#facts[fact + offerFact] = offers[at] as number;
      this.#facts[fact + speechFact] = mentors.speech[at] as number;
      this.#facts[fact + wayFact] = (mentors.manner[at] as number) >>> termsFrom;
      this.#facts[fact + labFact] = mentors.lab[at] as number;
    }
  }

  /** Turns to a mentee's week (see weekBits); rows of people with the same week need it once. */
  turnTo(week: Uint32Array): void {
    this.#hours.begin(week);
  }

  /**
   * Scores the candidates of a mentee, whose week was turned to, and writes those who have a common hour and reach the
   * floor, packed, in the order of their indexes. Returns how many. out: room for as many numbers as there are mentors.
   */
  scoreRow(mentees: MenteesSaid, mentee: number, { candidates, out }: RowRequest): number {
    const [subjects, hours, said, labs] = [this.#subjects, this.#hours, this.#facts, this.#labs];
    this.#turnToLab(mentees.lab[mentee] as number, mentees.preference[mentee] as number);
    const mask = subjects.begin(mentees, mentee);
    const [subjectPoints, hourPoints] = [subjects.points, hours.points];
    const speeches = this.#speeches.row(mentees.speech[mentee] as number);
    const ways = this.#ways.row(mentees.way[mentee] as number);
    const { from, to, bits } = candidates;
    const below = this.#rules.floor - 1;
    let count = 0;
    for (let w = from; w < to; w++) {
      for (let left = (bits[w] as number) | 0; left !== 0; left &= left - 1) {
        const at = (w << 5) | (31 - Math.clz32(left & -left));
        const fact = facts * at;
        const week = said[fact + weekFact] as number;
        const key = (said[fact + offerFact] as number) & mask;
        let hour = hourPoints[week] as number;
        if (hour === HourTable.unknown) hour = hours.work(week);
        let subject = subjectPoints[key] as number;
        if (subject === SubjectTable.unknown) subject = subjects.work(key);
        const manner =
          (speeches[said[fact + speechFact] as number] as number) + (ways[said[fact + wayFact] as number] as number);
        const score = subject + hour + manner + (labs[said[fact + labFact] as number] as number);
        // Written before it is known to count, and overwritten if not: cheaper than a jump nobody can foresee.
        out[count] = (score << 24) | at;
        count += (below - score) >>> 31;
      }
    }
    return count;
  }

  #turnToLab(lab: number, preference: number): void {
    const { weights } = this.#rules;
    const wish = preferenceList.terms[preference - 1] ?? 'any';
    this.#labs.fill(labWishMet(wish, false) ? weights.lab : 0);
    if (lab >= 0 && lab < this.#labs.length) this.#labs[lab] = labWishMet(wish, true) ? weights.lab : 0;
  }
}

interface RowRequest {
  readonly candidates: Pick<PairIndex, 'from' | 'to' | 'bits'>;
  readonly out: Uint32Array;
}
