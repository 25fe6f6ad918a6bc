// The scores of one mentee with many mentors as table look-ups: mentors who say the same in a matter share one class,
// and what a class is worth is worked out once per mentee (subjects, hours) or once per programme (languages, terms).
import { classesOf } from './classes.ts';
import type { Classes } from './classes.ts';
import { HourTable } from './hour-table.ts';
import type { MatchRules } from './rules.ts';
import { formatPoints, labPoints, languagePoints } from './score.ts';
import { SubjectTable } from './subject-table.ts';
import type { MatchMentee, MatchMentor } from './types.ts';

/** A pair in one number: the score in the high byte, the mentor's index below. Sorting the numbers sorts by score. */
export const packPair = (score: number, mentor: number): number => ((score << 24) | mentor) >>> 0;
export const scoreOf = (pair: number): number => pair >>> 24;
export const mentorOf = (pair: number): number => pair & 0xffffff;
/** So many mentors at most fit the packing. */
export const mostMentors = 2 ** 24;

const { unknown } = SubjectTable;
const { impossible } = HourTable;

export interface RowRequest {
  readonly candidates: Uint32Array;
  /** Pairs below this score are left out. */
  readonly least: number;
  /** Room for as many numbers as there are mentors. */
  readonly out: Uint32Array;
}

/** Building: linear in the mentors. One row: about fifteen operations per candidate. */
export class PointTables {
  readonly #subjects: SubjectTable;
  readonly #hours: HourTable;
  readonly #languages: SharedTable;
  readonly #terms: SharedTable;
  readonly #labs: SharedTable;

  constructor(mentors: readonly MatchMentor[], rules: MatchRules) {
    if (mentors.length > mostMentors) throw new RangeError('too many mentors for one run');
    const sorted = (list: readonly string[]): string => (list.length < 2 ? list.join() : [...list].sort().join());
    this.#subjects = new SubjectTable(mentors, rules);
    this.#hours = new HourTable(mentors, rules);
    this.#languages = new SharedTable(
      classesOf(mentors, ({ languages }) => languages.join()),
      ({ languages }) => languages.join(),
      (mentee, mentor) => languagePoints(rules, mentee, mentor),
    );
    this.#terms = new SharedTable(
      classesOf(mentors, ({ formats, modalities }) => `${sorted(formats)}|${sorted(modalities)}`),
      ({ formats, modalities }) => `${formats.join()}|${sorted(modalities)}`,
      (mentee, mentor) => formatPoints(rules, mentee, mentor),
    );
    this.#labs = new SharedTable(
      classesOf(mentors, ({ labId }) => labId),
      ({ labId, labPreference }) => `${labPreference}|${labId}`,
      (mentee, mentor) => labPoints(rules, mentee, mentor),
    );
  }

  /**
   * Scores the candidates (bits) of a mentee and writes those who have a common hour and reach the least score, packed,
   * in the order of their indexes. Returns how many.
   */
  scoreRow(mentee: MatchMentee, { candidates, least, out }: RowRequest): number {
    const [subjects, hours] = [this.#subjects, this.#hours];
    const mask = subjects.begin(mentee);
    hours.begin(mentee);
    const [offers, subjectPoints, weekOf, hourPoints] = [subjects.offers, subjects.points, hours.of, hours.points];
    const [languageOf, termsOf, labOf] = [this.#languages.of, this.#terms.of, this.#labs.of];
    const [languages, terms, labs] = [this.#languages.row(mentee), this.#terms.row(mentee), this.#labs.row(mentee)];
    let count = 0;
    for (let w = 0; w < candidates.length; w++) {
      for (let left = candidates[w] as number; left !== 0; left &= left - 1) {
        const at = (w << 5) | (31 - Math.clz32(left & -left));
        const week = weekOf[at] as number;
        let hour = hourPoints[week] as number;
        if (hour === unknown) hour = hours.work(week);
        if (hour === impossible) continue;
        const key = (offers[at] as number) & mask;
        let subject = subjectPoints[key] as number;
        if (subject === unknown) subject = subjects.work(key);
        const score =
          subject +
          hour +
          (languages[languageOf[at] as number] as number) +
          (terms[termsOf[at] as number] as number) +
          (labs[labOf[at] as number] as number);
        if (score >= least) out[count++] = packPair(score, at);
      }
    }
    return count;
  }
}

/** Points between all mentees who say the same and all mentors who say the same; a row is made when first asked for. */
class SharedTable {
  readonly of: Uint32Array;
  readonly #classes: Classes;
  readonly #textOf: (mentee: MatchMentee) => string;
  readonly #points: (mentee: MatchMentee, mentor: MatchMentor) => number;
  readonly #rows = new Map<string, Int8Array>();

  constructor(
    classes: Classes,
    textOf: (mentee: MatchMentee) => string,
    points: (mentee: MatchMentee, mentor: MatchMentor) => number,
  ) {
    this.of = classes.of;
    this.#classes = classes;
    this.#textOf = textOf;
    this.#points = points;
  }

  row(mentee: MatchMentee): Int8Array {
    const text = this.#textOf(mentee);
    let row = this.#rows.get(text);
    if (!row) {
      row = Int8Array.from(this.#classes.first, (mentor) => this.#points(mentee, mentor));
      this.#rows.set(text, row);
    }
    return row;
  }
}
