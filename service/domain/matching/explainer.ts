// The explanations of a whole run: what many pairs have in common is said once and shared between them.
import { availabilityPart, breadthPart, formatPart, labPart, languagesPart } from './explain.ts';
import { pairOf, subjectsOf, topicsPart } from './explain.ts';
import type { Said } from './people.ts';
import type { MatchRules } from './rules.ts';
import { keptTopic, termsCount, termsFrom, topicList, wishesInOne } from './said.ts';
import { subjectPoints, wishWeight } from './score.ts';
import type { SubjectMeeting } from './score.ts';
import { familyBits } from './subject-table.ts';
import type { MatchInput, MatchMentee, MatchMentor, ScoredPair, ScorePart } from './types.ts';
import { bitCount } from './week.ts';
import type { TimeTogether } from './weeks.ts';

/** Parts of one name by a number that tells all they depend on. */
type Known = Map<number, ScorePart>;

/** With the shared topics, digits as in topicList, the dearest in the highest; exact up to `mostInOrder` of them. */
interface Meeting extends SubjectMeeting {
  readonly order: number;
  readonly isFirst: boolean;
}
const mostInOrder = 10;

/**
 * Says of every pair exactly what explainPair says. Equal parts are one object: a run keeps about a tenth of what it
 * would keep otherwise, and making it costs as much less.
 */
export class Explainer {
  readonly #input: MatchInput;
  readonly #said: Said;
  readonly #rules: MatchRules;
  readonly #topics: Known = new Map();
  readonly #availability: Known = new Map();
  readonly #languages: Known = new Map();
  readonly #lab: Known = new Map();
  readonly #format: Known = new Map();
  readonly #breadth: Known = new Map();

  /** said: what the people of the input say, in the order of its lists. */
  constructor(input: MatchInput, said: Said) {
    this.#input = input;
    this.#said = said;
    this.#rules = input.rules;
  }

  requestId(mentee: number): string {
    return this.#mentee(mentee).id;
  }

  /** mentee, mentor: their indexes in the input. */
  explain(mentee: number, mentor: number): ScoredPair {
    const meeting = this.#meeting(mentee, mentor);
    const points = subjectPoints(this.#rules, meeting);
    return pairOf(this.#mentee(mentee), this.#mentor(mentor), [
      this.#topicsPart(mentee, mentor, topicsKey(meeting, points.topics)),
      this.#availabilityPart(this.#time(mentee, mentor)),
      this.#languagesPart(mentee, mentor),
      this.#labPart(mentee, mentor),
      this.#formatPart(mentee, mentor),
      this.#breadthPart(meeting, points.breadth),
    ]);
  }

  /** What subjectMeeting tells, from the columns. */
  #meeting(mentee: number, mentor: number): Meeting {
    const { mentees, mentors } = this.#said;
    const offers = mentors.topics[mentor] as number;
    let met = 0;
    let wanted = 0;
    let families = 0;
    let wantedFamilies = 0;
    let order = 0;
    let left = mentees.wishes[mentee] as number;
    for (let rank = 0; left !== 0; rank++) {
      const number = topicList.dearest(left);
      const weight = wishWeight(this.#rules, rank);
      left = rank + 1 === wishesInOne ? (mentees.moreWishes[mentee] as number) : left >>> topicList.width;
      wanted += weight;
      wantedFamilies |= familyBits[number] as number;
      if (((offers >>> number) & 1) === 0) continue;
      met += weight;
      families |= familyBits[number] as number;
      order = order * (1 << topicList.width) + number + 1;
    }
    const said = mentees.topics[mentee] as number;
    const dearest = topicList.dearest(mentees.wishes[mentee] as number);
    return {
      met,
      wanted,
      order,
      isFirst: ((offers >>> dearest) & 1) === 1,
      shared: bitCount(said & offers & (keptTopic - 1)),
      offered: bitCount(offers & (keptTopic - 1)),
      sharedFamilies: bitCount(families),
      wantedFamilies: bitCount(wantedFamilies),
      kept: (said | offers) >= keptTopic,
    };
  }

  #time(mentee: number, mentor: number): TimeTogether {
    const { mentees, mentors } = this.#said;
    return mentees.weeks.timeBetween(mentees.week[mentee] as number, mentors.weeks, mentors.week[mentor] as number);
  }

  #topicsPart(mentee: number, mentor: number, key: number): ScorePart {
    const known = this.#topics.get(key);
    if (known) return known;
    const [asking, offering] = [this.#mentee(mentee), this.#mentor(mentor)];
    const part = topicsPart(this.#rules, asking, subjectsOf(this.#rules, asking, offering));
    return key === unshared ? part : keep(this.#topics, key, part);
  }

  #availabilityPart(time: TimeTogether): ScorePart {
    const key = (time.starts << 11) | ((2 * time.hours) << 1) | Number(time.bothAnyTime);
    return this.#availability.get(key) ?? keep(this.#availability, key, availabilityPart(this.#rules, time));
  }

  #languagesPart(mentee: number, mentor: number): ScorePart {
    const { mentees, mentors, speeches } = this.#said;
    const key = (mentees.speech[mentee] as number) * speeches.orders.length + (mentors.speech[mentor] as number);
    const known = this.#languages.get(key);
    return known ?? keep(this.#languages, key, languagesPart(this.#rules, this.#mentee(mentee), this.#mentor(mentor)));
  }

  #labPart(mentee: number, mentor: number): ScorePart {
    const { mentees, mentors } = this.#said;
    const isSame = mentees.lab[mentee] === mentors.lab[mentor];
    const key = 2 * (mentees.preference[mentee] as number) + Number(isSame);
    const known = this.#lab.get(key);
    return known ?? keep(this.#lab, key, labPart(this.#rules, this.#mentee(mentee), this.#mentor(mentor)));
  }

  #formatPart(mentee: number, mentor: number): ScorePart {
    const { mentees, mentors } = this.#said;
    const key = (mentees.way[mentee] as number) * termsCount + ((mentors.manner[mentor] as number) >>> termsFrom);
    const known = this.#format.get(key);
    return known ?? keep(this.#format, key, formatPart(this.#rules, this.#mentee(mentee), this.#mentor(mentor)));
  }

  #breadthPart(meeting: SubjectMeeting, breadth: number): ScorePart {
    const key = (meeting.sharedFamilies << 9) | (meeting.wantedFamilies << 1) | Number(meeting.kept);
    return this.#breadth.get(key) ?? keep(this.#breadth, key, breadthPart(this.#rules, meeting, breadth));
  }

  #mentee(at: number): MatchMentee {
    return this.#input.mentees[at] as MatchMentee;
  }

  #mentor(at: number): MatchMentor {
    return this.#input.mentors[at] as MatchMentor;
  }
}

/** In place of a key for what is too long for one. */
const unshared = -1;

/** Which topics are shared in which order, whether the dearest wish is one, kept or not, and the points. */
function topicsKey({ order, shared, isFirst, kept }: Meeting, points: number): number {
  return shared > mostInOrder ? unshared : ((2 * order + Number(isFirst)) * 2 + Number(kept)) * 128 + points;
}

function keep(parts: Known, key: number, part: ScorePart): ScorePart {
  parts.set(key, part);
  return part;
}
