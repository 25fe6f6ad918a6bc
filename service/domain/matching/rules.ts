// The rules of a run as data with a version: weights, floor, and which conditions hold. Ties are no setting.

export const scoreParts = ['topics', 'availability', 'languages', 'lab', 'format', 'breadth'] as const;
export type ScorePartName = (typeof scoreParts)[number];

/** Conditions a programme may lift. Never among them: two persons, no tie, not proposed before, a place, the floor. */
export interface MatchConditions {
  readonly language: boolean;
  readonly topic: boolean;
  readonly format: boolean;
  readonly modality: boolean;
  readonly availability: boolean;
  /** same_only and other_only exclude; otherwise they count like the preferences. */
  readonly lab: boolean;
}

export interface MatchRules {
  readonly version: string;
  /** Points each part can give: whole numbers, together 100. */
  readonly weights: Readonly<Record<ScorePartName, number>>;
  /** A pair below this score does not exist. 0 to 100. */
  readonly floor: number;
  readonly conditions: MatchConditions;
  /** What the first, second... wish weighs; the last value serves all later ones. Positive whole numbers. */
  readonly wishWeights: readonly number[];
  /** Percent of the topic points that look at the mentor's side (their subjects taken up, three at most). */
  readonly mentorSidePercent: number;
  /** Percent of the topic and breadth points given at least when the subject is kept for the conversation. */
  readonly keptPercent: number;
  /** So many half-hours at which a common hour may start give all availability points. */
  readonly ampleHourStarts: number;
}

export const defaultMatchRules: MatchRules = {
  version: '1',
  weights: { topics: 40, availability: 20, languages: 15, lab: 10, format: 10, breadth: 5 },
  floor: 40,
  conditions: { language: true, topic: true, format: true, modality: true, availability: true, lab: true },
  wishWeights: [4, 3, 2, 1],
  mentorSidePercent: 25,
  keptPercent: 50,
  ampleHourStarts: 10,
};

/** Says what is wrong with rules, or undefined. Rules that are not sound must never reach a run. */
export function faultInRules(rules: MatchRules): string | undefined {
  const isWhole = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max;
  const weights = scoreParts.map((part) => rules.weights[part]);
  if (rules.version === '') return 'version_missing';
  if (!weights.every((weight) => isWhole(weight, 100))) return 'weight_out_of_range';
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) return 'weights_not_100';
  if (!isWhole(rules.floor, 100)) return 'floor_out_of_range';
  if (!isWhole(rules.mentorSidePercent, 100) || !isWhole(rules.keptPercent, 100)) return 'percent_out_of_range';
  if (!isWhole(rules.ampleHourStarts, 336) || rules.ampleHourStarts === 0) return 'ample_out_of_range';
  if (rules.wishWeights.length === 0 || !rules.wishWeights.every((weight) => weight > 0 && isWhole(weight, 1000))) {
    return 'wish_weight_out_of_range';
  }
  return undefined;
}
