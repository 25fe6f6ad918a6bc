// The explanations of a whole run: what many pairs have in common is said once and shared between them.
import {
  availabilityPart,
  breadthPart,
  formatPart,
  labPart,
  languagesPart,
  pairOf,
  subjectsOf,
  timeTogether,
  topicsPart,
} from './explain.ts';
import type { Subjects, TimeTogether } from './explain.ts';
import type { MatchRules } from './rules.ts';
import { formatField, formatMask, languageField, languageMask, languageOrder } from './said.ts';
import { formatOrder, modalityField, modalityMask, modalityOrder } from './said.ts';
import type { MatchMentee, MatchMentor, ScoredPair, ScorePart } from './types.ts';

/** Parts of one name by a number that tells all they depend on. */
type Known = Map<number, ScorePart>;

/**
 * Says of every pair exactly what explainPair says. Equal parts are one object: a run keeps about a fifth of what it
 * would keep otherwise, and making it costs as much less.
 */
export class Explainer {
  readonly #rules: MatchRules;
  readonly #availability: Known = new Map();
  readonly #languages: Known = new Map();
  readonly #format: Known = new Map();
  readonly #breadth: Known = new Map();
  readonly #sameLab = new Map<string, ScorePart>();
  readonly #otherLab = new Map<string, ScorePart>();

  constructor(rules: MatchRules) {
    this.#rules = rules;
  }

  explain(mentee: MatchMentee, mentor: MatchMentor): ScoredPair {
    const subjects = subjectsOf(this.#rules, mentee, mentor);
    return pairOf(mentee, mentor, [
      topicsPart(this.#rules, mentee, subjects),
      this.#availabilityPart(timeTogether(mentee, mentor)),
      this.#languagesPart(mentee, mentor),
      this.#labPart(mentee, mentor),
      this.#formatPart(mentee, mentor),
      this.#breadthPart(subjects),
    ]);
  }

  #availabilityPart(time: TimeTogether): ScorePart {
    const key = (time.starts << 11) | ((2 * time.hours) << 1) | Number(time.bothAnyTime);
    return this.#availability.get(key) ?? keep(this.#availability, key, availabilityPart(this.#rules, time));
  }

  #languagesPart(mentee: MatchMentee, mentor: MatchMentor): ScorePart {
    const order = languageOrder(mentee.languages);
    if (order < 0) return languagesPart(this.#rules, mentee, mentor);
    const mentorsFirst = languageMask(mentor.languages, 1);
    const { count } = languageField;
    const key = (((order << count) | languageMask(mentor.languages)) << count) | mentorsFirst;
    return this.#languages.get(key) ?? keep(this.#languages, key, languagesPart(this.#rules, mentee, mentor));
  }

  #labPart(mentee: MatchMentee, mentor: MatchMentor): ScorePart {
    const parts = mentee.labId === mentor.labId ? this.#sameLab : this.#otherLab;
    return parts.get(mentee.labPreference) ?? keep(parts, mentee.labPreference, labPart(this.#rules, mentee, mentor));
  }

  #formatPart(mentee: MatchMentee, mentor: MatchMentor): ScorePart {
    const wishes = (formatOrder(mentee.formats) << 6) | modalityOrder(mentee.modalities);
    if (wishes < 0) return formatPart(this.#rules, mentee, mentor);
    const offers = (formatMask(mentor.formats) << modalityField.count) | modalityMask(mentor.modalities);
    const key = (wishes << (formatField.count + modalityField.count)) | offers;
    return this.#format.get(key) ?? keep(this.#format, key, formatPart(this.#rules, mentee, mentor));
  }

  #breadthPart(subjects: Subjects): ScorePart {
    const { sharedFamilies, wantedFamilies, kept } = subjects.meeting;
    const key = (sharedFamilies << 9) | (wantedFamilies << 1) | Number(kept);
    return this.#breadth.get(key) ?? keep(this.#breadth, key, breadthPart(this.#rules, subjects));
  }
}

function keep<K>(parts: Map<K, ScorePart>, key: K, part: ScorePart): ScorePart {
  parts.set(key, part);
  return part;
}
