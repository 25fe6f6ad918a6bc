// What the matching is given and what it gives back: plain values that can be stored, sent to a worker and replayed.
import type { DialogueFormat, LabId, LabPreference, Language, Modality } from '../terms.ts';
import type { Ties } from '../tie.ts';
import type { Topic } from '../topic.ts';
import type { Certificate } from './certificate.ts';
import type { RowStorage } from './rows.ts';
import type { MatchRules, ScorePartName } from './rules.ts';
import type { Starts } from './week.ts';

/** What both sides say in the same way. languages: first choice first. formats, modalities: what the person accepts. */
export interface MatchPerson {
  readonly personId: string;
  readonly labId: LabId;
  readonly ties: Ties;
  readonly languages: readonly Language[];
  readonly topics: readonly Topic[];
  /** "I would rather say it in person": meets every topic. */
  readonly keptForConversation: boolean;
  readonly formats: readonly DialogueFormat[];
  readonly modalities: readonly Modality[];
  /**
   * For each of the weeks to come, the half-hours (0 to 335 from its beginning, the same instant for everybody) at which a
   * meeting with the person may start, ascending; weeks that are alike may be one list. All people have as many weeks. Where
   * it matters in which way one meets (a modality, a length), each way has a week of its own: way w adds 336 w, at most six.
   * Two people meet if one start lies in both.
   */
  readonly starts: Starts;
  readonly anyTime: boolean;
}

/** One open request. topics and formats: wishes, dearest first. */
export interface MatchMentee extends MatchPerson {
  /** The request's id; unique in the input. */
  readonly id: string;
  /** Since when the request waits, ms since 1970. Equal instants are equal claims: then the later steps decide. */
  readonly waitingSince: number;
  /** Higher goes before any waiting time (requeued after a lapse); 0 is usual. */
  readonly priority: number;
  readonly labPreference: LabPreference;
}

/** One mentor, known by personId (unique among the mentors of the input). */
export interface MatchMentor extends MatchPerson {
  /** Places free now: capacity less live proposals and dialogues. 0 is allowed: whyNot then counts the mentor as full. */
  readonly places: number;
  /** Places in use now; only the even load (step 5) looks at it. */
  readonly usedPlaces: number;
  /** A paused mentor may be left out; given, whyNot can count them. */
  readonly paused?: boolean;
}

/** Two persons (personIds, in either order) who were proposed to each other in the last 12 months. */
export interface ProposedPair {
  readonly one: string;
  readonly other: string;
}

export interface MatchInput {
  readonly mentees: readonly MatchMentee[];
  readonly mentors: readonly MatchMentor[];
  readonly proposedBefore: readonly ProposedPair[];
  readonly rules: MatchRules;
}

export const matchSteps = ['pairs', 'served', 'lowest', 'total', 'load', 'explain'] as const;
export type MatchStep = (typeof matchSteps)[number];

export interface MatchOptions {
  /** Unsigned 32-bit integer; the same seed and the same input give the same result, whatever the order of the lists. */
  readonly seed: number;
  /** Told when each step is done, for progress and timing. */
  readonly onStep?: (step: MatchStep) => void;
  /** How many pairs are kept at a time; left out, 24 million (96 MB). */
  readonly storage?: RowStorage;
}

/** A fact is a code with a value: a list of terms or a number; sentences are rendered from locale keys elsewhere. */
export type Fact =
  | { readonly code: 'shared_topics'; readonly topics: readonly Topic[] }
  | { readonly code: 'first_wish_met'; readonly topic: Topic }
  | { readonly code: 'kept_for_conversation' }
  /** hours: of a week, on average of the weeks looked at. */
  | { readonly code: 'common_hours'; readonly hours: number }
  | { readonly code: 'both_any_time' }
  | { readonly code: 'common_languages'; readonly languages: readonly Language[] }
  | { readonly code: 'first_language_of'; readonly side: 'both' | 'mentee' | 'mentor' | 'neither' }
  | { readonly code: 'same_lab' | 'other_lab' }
  | { readonly code: 'lab_preference'; readonly preference: LabPreference; readonly met: boolean }
  | { readonly code: 'common_format'; readonly format: DialogueFormat }
  | { readonly code: 'common_modalities'; readonly modalities: readonly Modality[] }
  | { readonly code: 'shared_families'; readonly count: number; readonly wanted: number };
export type FactCode = Fact['code'];

/** Every fact a part may give, so that a test can ask for a sentence for each. */
export const factsByPart = {
  topics: ['shared_topics', 'first_wish_met', 'kept_for_conversation'],
  availability: ['common_hours', 'both_any_time'],
  languages: ['common_languages', 'first_language_of'],
  lab: ['same_lab', 'other_lab', 'lab_preference'],
  format: ['common_format', 'common_modalities'],
  breadth: ['shared_families', 'kept_for_conversation'],
} as const satisfies Record<ScorePartName, readonly FactCode[]>;

/** One named part of a score: 0 <= points <= max. */
export interface ScorePart {
  readonly part: ScorePartName;
  readonly points: number;
  readonly max: number;
  readonly facts: readonly Fact[];
}

/** score: 0 to 100, the sum of the parts' points. mentorId: the mentor's personId. */
export interface ScoredPair {
  readonly requestId: string;
  readonly mentorId: string;
  readonly score: number;
  readonly parts: readonly ScorePart[];
}

/** Why somebody is left without a proposal: nobody fits, or `people` (this one included) compete for `places`. */
export type Unserved =
  | { readonly requestId: string; readonly reason: 'nobody_fits' }
  | { readonly requestId: string; readonly reason: 'places_taken'; readonly people: number; readonly places: number };

export interface MatchFigures {
  readonly mentees: number;
  readonly mentors: number;
  readonly places: number;
  /** Feasible pairs. */
  readonly pairs: number;
  readonly served: number;
  /** The lowest score of a pair in the result; 0 when there is none. */
  readonly lowest: number;
  readonly total: number;
  /** Sum over the mentors of the square of their places in use, the new ones included. */
  readonly load: number;
}

export interface MatchResult {
  readonly seed: number;
  readonly rulesVersion: string;
  /** 128 bits in hexadecimal, independent of the order of the lists. */
  readonly inputHash: string;
  readonly pairs: readonly ScoredPair[];
  readonly unserved: readonly Unserved[];
  readonly figures: MatchFigures;
  /** Dual prices: never for members' eyes, they could reveal a private exclusion. */
  readonly certificate: Certificate;
}

/** Why a mentor is not for a request. tie covers supervisors, same team and avoid lists alike, so that none shows. */
export const conditions = [
  'same_person',
  'tie',
  'proposed_before',
  'paused',
  'no_place',
  'language',
  'topic',
  'format',
  'modality',
  'availability',
  'lab',
  'floor',
] as const;
export type Condition = (typeof conditions)[number];

export interface WhyNot {
  readonly requestId: string;
  /** Mentors looked at, and those who fit. */
  readonly mentors: number;
  readonly feasible: number;
  /** Mentors who fail this condition, whatever else they fail. */
  readonly excluded: Readonly<Record<Condition, number>>;
  /** Mentors who would fit if this one condition were lifted. */
  readonly onlyBy: Readonly<Record<Condition, number>>;
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };
