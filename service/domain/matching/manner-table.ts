// Points for languages, formats and ways to meet together: both sides have few manners, so whole rows are shared.
import { classesOf } from './classes.ts';
import type { Classes } from './classes.ts';
import type { MatchRules } from './rules.ts';
import { mentorMannerOf, speechBits } from './said.ts';
import { formatPoints, languagePoints } from './score.ts';
import type { MatchMentee, MatchMentor } from './types.ts';

/** Bytes kept for rows of manners; when they are full, they are made anew. */
const mostKept = 2 ** 23;

interface MannerTableInput {
  readonly mentors: readonly MatchMentor[];
  /** Of each of them, as mentorMannerOf gives it. */
  readonly manners: Int32Array;
  readonly rules: MatchRules;
}

/** A row: one byte per manner of the mentors. Made once per manner of the mentees. */
export class MannerTable {
  /** Per mentor the class of the manner. */
  readonly of: Uint32Array;
  readonly #speech: RowsByKey;
  readonly #terms: RowsByKey;
  /** Per manner of a mentor its classes of speech and of terms. */
  readonly #speechOf: Uint32Array;
  readonly #termsOf: Uint32Array;
  readonly #rows = new Map<number, Int8Array>();

  constructor({ mentors, manners: given, rules }: MannerTableInput) {
    const manners = classesOf(mentors, (_, at) => given[at] as number);
    const speech = classesOf(manners.first, (mentor) => mentorMannerOf(mentor) & speechBits);
    const terms = classesOf(manners.first, (mentor) => mentorMannerOf(mentor) & ~speechBits);
    this.of = manners.of;
    [this.#speechOf, this.#termsOf] = [speech.of, terms.of];
    this.#speech = new RowsByKey(speech, (mentee, mentor) => languagePoints(rules, mentee, mentor));
    this.#terms = new RowsByKey(terms, (mentee, mentor) => formatPoints(rules, mentee, mentor));
  }

  /** Points by manner of the mentors. manner: the mentee's. */
  row(mentee: MatchMentee, manner: number): Int8Array {
    const known = this.#rows.get(manner);
    if (known) return known;
    const speech = this.#speech.row(mentee, manner & speechBits);
    const terms = this.#terms.row(mentee, manner & ~speechBits);
    const row = new Int8Array(this.#speechOf.length);
    for (let k = 0; k < row.length; k++) {
      row[k] = (speech[this.#speechOf[k] as number] as number) + (terms[this.#termsOf[k] as number] as number);
    }
    if (this.#rows.size * row.length >= mostKept) this.#rows.clear();
    this.#rows.set(manner, row);
    return row;
  }
}

/** Points between mentees of one key and the classes of mentors; a row is made when first asked for. */
class RowsByKey {
  readonly #classes: Classes;
  readonly #points: (mentee: MatchMentee, mentor: MatchMentor) => number;
  readonly #rows = new Map<number, Int8Array>();

  constructor(classes: Classes, points: (mentee: MatchMentee, mentor: MatchMentor) => number) {
    this.#classes = classes;
    this.#points = points;
  }

  row(mentee: MatchMentee, key: number): Int8Array {
    const known = this.#rows.get(key);
    if (known) return known;
    const { first } = this.#classes;
    const row = new Int8Array(first.length);
    for (let k = 0; k < row.length; k++) row[k] = this.#points(mentee, first[k] as MatchMentor);
    this.#rows.set(key, row);
    return row;
  }
}
