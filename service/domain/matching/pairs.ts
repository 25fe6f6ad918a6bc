// Which mentors a mentee may be paired with at all, found by bits: one row of mentors per term, 32 mentors per operation.
// What is not feasible does not exist for the rest of the matching; it is never a score of zero.
import { BitRows, keepBoth } from './bit-rows.ts';
import type { Range } from './bit-rows.ts';
import { GroupRows } from './group-rows.ts';
import type { MenteesSaid, MentorsSaid, Said } from './people.ts';
import type { MatchConditions, MatchRules } from './rules.ts';
import { fieldOf, formatField, keptTopic, languageField, modalityField, preferenceList, topicCount } from './said.ts';
import { clearBit, setBit } from './week.ts';
import { halfDayCount, halfDaysIn } from './weeks.ts';

/** What the mentors of a programme say, and the rules. */
export interface MentorSide extends Pick<Said, 'mentors' | 'labs' | 'teams' | 'speeches'> {
  readonly rules: MatchRules;
}

const fields = { language: languageField, format: formatField, modality: modalityField } as const;
type Matter = keyof typeof fields;
const matters = Object.keys(fields) as Matter[];
const [sameOnly, otherOnly] = [preferenceList.digit('same_only'), preferenceList.digit('other_only')];

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
  readonly #topics: BitRows;
  readonly #halfDays: BitRows;
  readonly #matters: Readonly<Record<Matter, BitRows>>;
  readonly #labs: GroupRows;
  readonly #teams: GroupRows;
  /** Open mentors who meet a manner, and those who may have an hour in the present week. */
  readonly #byManner = new Map<number, Uint32Array>();
  readonly #inWeek: Uint32Array;
  readonly #some: Uint32Array;

  constructor({ mentors, labs, teams, rules }: MentorSide) {
    const words = Math.ceil(mentors.count / 32);
    const empty = (): Uint32Array => new Uint32Array(words);
    const rowsOf = (matter: Matter): BitRows => new BitRows(fields[matter].count, words);
    this.#conditions = rules.conditions;
    [this.bits, this.#open, this.#kept] = [empty(), empty(), empty()];
    [this.#inWeek, this.#some] = [empty(), empty()];
    this.#topics = new BitRows(topicCount, words);
    this.#halfDays = new BitRows(halfDayCount, words);
    this.#matters = { language: rowsOf('language'), format: rowsOf('format'), modality: rowsOf('modality') };
    this.#labs = new GroupRows(mentors.lab, labs);
    this.#teams = new GroupRows(mentors.team, teams);
    this.#addAll(mentors);
  }

  #addAll(mentors: MentorsSaid): void {
    const { weeks, week, places, topics, manner } = mentors;
    const halfDays = Uint32Array.from({ length: weeks.count }, (_, number) => halfDaysIn(weeks.bitsOf(number)));
    for (let at = 0; at < mentors.count; at++) {
      if (places[at] === 0) continue;
      setBit(this.#open, at);
      if ((topics[at] as number) >= keptTopic) setBit(this.#kept, at);
      this.#topics.add(at, (topics[at] as number) & (keptTopic - 1));
      this.#halfDays.add(at, halfDays[week[at] as number] as number);
      for (const matter of matters) this.#matters[matter].add(at, fieldOf(manner[at] as number, fields[matter]));
    }
  }

  /** Turns to a mentee's week (see weekBits); mentees with the same week need it once. */
  turnTo(week: Uint32Array): void {
    const all = { from: 0, to: this.bits.length };
    this.#inWeek.fill(0);
    this.#halfDays.join(this.#inWeek, halfDaysIn(week), all);
  }

  /**
   * Finds the mentors who meet every condition but two, which the score decides: the common hour (here only a half-day
   * with an hour for each, in the week turned to) and the floor.
   */
  find(mentees: MenteesSaid, mentee: number): void {
    const { topic, availability } = this.#conditions;
    this.#start(mentees, mentee);
    if (availability) keepBoth(this.bits, this.#inWeek, this);
    const topics = mentees.topics[mentee] as number;
    if (topic && topics < keptTopic) {
      this.#topics.keepSome(this.bits, topics, { also: this.#kept, from: this.from, to: this.to });
    }
    this.#exclude(mentees, mentee);
  }

  #exclude({ team, excluded, excludedFrom, excludedTo }: MenteesSaid, mentee: number): void {
    const end = excludedTo[mentee] as number;
    for (let k = excludedFrom[mentee] as number; k < end; k++) clearBit(this.bits, excluded[k] as number);
    const own = this.#teams.of(team[mentee] as number);
    const to = Math.min(this.to, own.to);
    for (let w = Math.max(this.from, own.from); w < to; w++) {
      this.bits[w] = (this.bits[w] as number) & ~(own.bits[w - own.from] as number);
    }
  }

  /** First the lab, where it is a condition: mentors of one lab lie side by side, so little is left to look at. */
  #start({ preference, lab: labOf, manner }: MenteesSaid, mentee: number): void {
    const meeting = this.#meeting(manner[mentee] as number);
    const isSame = preference[mentee] === sameOnly;
    const isBound = this.#conditions.lab && (isSame || preference[mentee] === otherOnly);
    const lab = isBound ? this.#labs.of(labOf[mentee] as number) : undefined;
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
