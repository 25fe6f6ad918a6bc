// Which mentors a mentee may be paired with at all, found by bits: one row of mentors per term, 32 mentors per operation.
// What is not feasible does not exist for the rest of the matching; it is never a score of zero.
import { BitRows, keepBoth } from './bit-rows.ts';
import type { Range } from './bit-rows.ts';
import { Exclusions } from './exclusions.ts';
import { LabRows } from './lab-rows.ts';
import type { RowRequest } from './points.ts';
import type { MatchConditions } from './rules.ts';
import { fieldOf, formatField, languageField, modalityField, sharedBits, topicCount, topicMask } from './said.ts';
import type { MentorsSaid } from './said.ts';
import type { MatchInput, MatchMentee, MatchMentor } from './types.ts';
import { setBit } from './week.ts';
import { halfDayCount, halfDaysIn, isAnyTime } from './weeks.ts';

const fields = { language: languageField, format: formatField, modality: modalityField } as const;
type Matter = keyof typeof fields;
const matters = Object.keys(fields) as Matter[];

/** Words kept for sets of mentors by manner; when they are full, they are made anew. */
const mostKept = 2 ** 21;

/**
 * The mentors of a programme as bit rows. Building: linear in what the mentors say. One mentee: (topics wished + 3) x
 * (mentors / 32) operations, then the few exclusions; what is the same for many mentees is joined once.
 */
export class PairIndex implements Range {
  /** After `find`: the candidates of a mentee, in the words [from, to). */
  readonly bits: Uint32Array;
  from = 0;
  to = 0;
  readonly #conditions: MatchConditions;
  readonly #open: Uint32Array;
  readonly #kept: Uint32Array;
  readonly #anyTime: Uint32Array;
  readonly #topics: BitRows;
  readonly #halfDays: BitRows;
  readonly #matters: Readonly<Record<Matter, BitRows>>;
  readonly #labs: LabRows;
  readonly #exclusions: Exclusions;
  /** Open mentors who meet a manner, and those who may have an hour in the present week. */
  readonly #byManner = new Map<number, Uint32Array>();
  readonly #inWeek: Uint32Array;
  readonly #some: Uint32Array;

  constructor({ mentors, rules, proposedBefore }: Omit<MatchInput, 'mentees'>, { weeks, manners }: MentorsSaid) {
    const words = Math.ceil(mentors.length / 32);
    const empty = (): Uint32Array => new Uint32Array(words);
    const rowsOf = (matter: Matter): BitRows => new BitRows(fields[matter].count, words);
    this.#conditions = rules.conditions;
    [this.bits, this.#open, this.#kept, this.#anyTime] = [empty(), empty(), empty(), empty()];
    [this.#inWeek, this.#some] = [empty(), empty()];
    this.#topics = new BitRows(topicCount, words);
    this.#halfDays = new BitRows(halfDayCount, words);
    this.#matters = { language: rowsOf('language'), format: rowsOf('format'), modality: rowsOf('modality') };
    this.#labs = new LabRows(mentors);
    this.#exclusions = new Exclusions(proposedBefore);
    const halfDays = Uint32Array.from({ length: weeks.count }, (_, week) => halfDaysIn(weeks.bitsOf(week)));
    for (let at = 0; at < mentors.length; at++) {
      const mentor = mentors[at] as MatchMentor;
      if (mentor.paused !== true && mentor.places > 0)
        this.#add(mentor, { at, halfDays: halfDays[weeks.of[at] as number] as number, manner: manners[at] as number });
    }
  }

  #add(mentor: MatchMentor, { at, halfDays, manner }: { at: number; halfDays: number; manner: number }): void {
    setBit(this.#open, at);
    if (mentor.keptForConversation) setBit(this.#kept, at);
    if (mentor.anyTime) setBit(this.#anyTime, at);
    this.#topics.add(at, topicMask(mentor.topics));
    this.#halfDays.add(at, halfDays);
    for (const matter of matters) this.#matters[matter].add(at, fieldOf(manner, fields[matter]));
    this.#exclusions.add(mentor, at);
  }

  /** Turns to a mentee's week (see weekBits); mentees with the same week need it once. */
  turnTo(week: Uint32Array): void {
    const all = { from: 0, to: this.bits.length };
    if (isAnyTime(week)) this.#inWeek.set(this.#anyTime);
    else this.#inWeek.fill(0);
    this.#halfDays.join(this.#inWeek, halfDaysIn(week), all);
  }

  /**
   * Finds the mentors who meet every condition but two, which the score decides: the common hour (here only a half-day
   * with an hour for each, in the week turned to) and the floor. manner, topics: the mentee's, as bits.
   */
  find(mentee: MatchMentee, { manner, topics }: Pick<RowRequest, 'manner' | 'topics'>): void {
    const { topic, availability } = this.#conditions;
    this.#start(mentee, this.#meeting(manner & sharedBits));
    if (availability) keepBoth(this.bits, this.#inWeek, this);
    if (topic && !mentee.keptForConversation) {
      copy(this.#some, this.#kept, this);
      this.#topics.join(this.#some, topics, this);
      keepBoth(this.bits, this.#some, this);
    }
    this.#exclusions.clear(mentee, this.bits);
  }

  /** First the lab, where it is a condition: mentors of one lab lie side by side, so little is left to look at. */
  #start({ labId, labPreference }: MatchMentee, meeting: Uint32Array): void {
    const isSame = labPreference === 'same_only';
    const isBound = this.#conditions.lab && (isSame || labPreference === 'other_only');
    const lab = isBound ? this.#labs.of(labId) : undefined;
    [this.from, this.to] = lab && isSame ? [lab.from, lab.to] : [0, this.bits.length];
    copy(this.bits, meeting, this);
    if (!lab) return;
    for (let w = lab.from; w < lab.to; w++) {
      const inLab = lab.bits[w - lab.from] as number;
      this.bits[w] = (this.bits[w] as number) & (isSame ? inLab : ~inLab);
    }
  }

  /** Open mentors with a language, a format and a way to meet in common with a manner, as far as the rules ask for it. */
  #meeting(manner: number): Uint32Array {
    const known = this.#byManner.get(manner);
    if (known) return known;
    const meeting = this.#open.slice();
    const all = { from: 0, to: meeting.length };
    for (const matter of matters) {
      if (!this.#conditions[matter]) continue;
      this.#some.fill(0);
      this.#matters[matter].join(this.#some, fieldOf(manner, fields[matter]), all);
      keepBoth(meeting, this.#some, all);
    }
    if (this.#byManner.size * meeting.length >= mostKept) this.#byManner.clear();
    this.#byManner.set(manner, meeting);
    return meeting;
  }
}

function copy(into: Uint32Array, set: Uint32Array, { from, to }: Readonly<Range>): void {
  for (let w = from; w < to; w++) into[w] = set[w] as number;
}
