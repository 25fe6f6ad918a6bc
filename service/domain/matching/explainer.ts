// The explanations of a whole run: what many pairs have in common is said once and shared between them.
import { availabilityPart, breadthPart, formatPart, labPart, languagesPart } from './explain.ts';
import { pairOf, topicsPart } from './explain.ts';
import type { Topic } from '../topic.ts';
import type { Said } from './people.ts';
import type { MatchRules } from './rules.ts';
import { formatField, formatList, keptTopic, modalityField, modalityList } from './said.ts';
import { termsFrom, topicList, wishesInOne } from './said.ts';
import { subjectPoints, wishWeight } from './score.ts';
import type { SubjectMeeting, SubjectPoints } from './score.ts';
import { familyBits } from './subject-table.ts';
import type { MatchInput, MatchMentee, MatchMentor, ScoredPair, ScorePart } from './types.ts';
import { bitCount } from './week.ts';
import type { TimeTogether } from './weeks.ts';

/** Parts of one name by a number that tells all they depend on. */
type Known = Map<number, ScorePart>;

/** What the two parts on the subjects tell. ranks: the shared topics by their ranks among the wishes, as bits. */
interface Subjects {
  readonly meeting: SubjectMeeting;
  readonly ranks: number;
  readonly points: SubjectPoints;
}

/**
 * Says of every pair exactly what explainPair says. Equal parts are one object, but for the topics, which hardly ever are:
 * a run keeps about a fifth of what it would keep otherwise, and making it costs as much less.
 */
export class Explainer {
  readonly #input: MatchInput;
  readonly #said: Said;
  readonly #rules: MatchRules;
  readonly #availability: Known = new Map();
  readonly #languages: Known = new Map();
  readonly #lab: Known = new Map();
  readonly #format: Known = new Map();
  readonly #breadth: Known = new Map();
  readonly #some: Topic[] = [];

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
    const subjects = this.#subjects(mentee, mentor);
    return pairOf(this.#mentee(mentee), this.#mentor(mentor), [
      this.#topicsPart(mentee, subjects),
      this.#availabilityPart(this.#time(mentee, mentor)),
      this.#languagesPart(mentee, mentor),
      this.#labPart(mentee, mentor),
      this.#formatPart(mentee, mentor),
      this.#breadthPart(subjects),
    ]);
  }

  /** What subjectMeeting tells, from the columns. */
  #subjects(mentee: number, mentor: number): Subjects {
    const { mentees, mentors } = this.#said;
    const offers = mentors.topics[mentor] as number;
    let met = 0;
    let wanted = 0;
    let families = 0;
    let wantedFamilies = 0;
    let ranks = 0;
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
      ranks |= 1 << rank;
    }
    const said = mentees.topics[mentee] as number;
    const meeting = {
      met,
      wanted,
      shared: bitCount(said & offers & (keptTopic - 1)),
      offered: bitCount(offers & (keptTopic - 1)),
      sharedFamilies: bitCount(families),
      wantedFamilies: bitCount(wantedFamilies),
      kept: (said | offers) >= keptTopic,
    };
    return { meeting, ranks, points: subjectPoints(this.#rules, meeting) };
  }

  #time(mentee: number, mentor: number): TimeTogether {
    const { mentees, mentors } = this.#said;
    return mentees.weeks.timeBetween(mentees.week[mentee] as number, mentors.weeks, mentors.week[mentor] as number);
  }

  #topicsPart(mentee: number, { meeting, ranks, points }: Subjects): ScorePart {
    let count = 0;
    for (let left = ranks; left !== 0; left &= left - 1) {
      this.#some[count++] = this.#wish(mentee, 31 - Math.clz32(left & -left)) as Topic;
    }
    // A copy of the right length: an array that grows keeps room for more, ten thousand times over.
    const shared = this.#some.slice(0, count);
    const { kept } = meeting;
    return topicsPart(this.#rules, { shared, first: this.#wish(mentee, 0), kept, points: points.topics });
  }

  #wish(mentee: number, rank: number): Topic | undefined {
    const { wishes, moreWishes } = this.#said.mentees;
    const order = (rank < wishesInOne ? wishes[mentee] : moreWishes[mentee]) as number;
    return topicList.terms[topicList.dearest(order >>> (topicList.width * (rank % wishesInOne)))];
  }

  #availabilityPart(time: TimeTogether): ScorePart {
    // Both are multiples of a twelfth below 337: no two of them give one number.
    const together = 10_000 * time.starts + time.hours;
    const key = time.bothAnyTime ? -together : together;
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
    const way = mentees.way[mentee] as number;
    const terms = (mentors.manner[mentor] as number) >>> termsFrom;
    let wishes = way >>> modalityField.count;
    while (wishes !== 0 && ((terms >>> formatList.dearest(wishes)) & 1) === 0) wishes >>>= formatList.width;
    const format = formatList.dearest(wishes);
    const isFirst = wishes !== 0 && wishes === way >>> modalityField.count;
    const common = way & (terms >>> formatField.count) & ((1 << modalityField.count) - 1);
    const key = ((((format + 1) << 1) | Number(isFirst)) << modalityField.count) | common;
    const known = this.#format.get(key);
    if (known) return known;
    const together = { format: formatList.terms[format], isFirst, common: modalityList.inMask(common) };
    return keep(this.#format, key, formatPart(this.#rules, together));
  }

  #breadthPart({ meeting, points }: Subjects): ScorePart {
    const key = (meeting.sharedFamilies << 9) | (meeting.wantedFamilies << 1) | Number(meeting.kept);
    return this.#breadth.get(key) ?? keep(this.#breadth, key, breadthPart(this.#rules, meeting, points.breadth));
  }

  #mentee(at: number): MatchMentee {
    return this.#input.mentees[at] as MatchMentee;
  }

  #mentor(at: number): MatchMentor {
    return this.#input.mentors[at] as MatchMentor;
  }
}

function keep(parts: Known, key: number, part: ScorePart): ScorePart {
  parts.set(key, part);
  return part;
}
