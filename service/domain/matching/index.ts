// The door of the matching: who is proposed to whom, checked, explained, and why not. See docs/matching.md.
export { match } from './match.ts';
export { verify } from './verify.ts';
export { openPool, suggest } from './suggest.ts';
export type { MentorPool, Suggestions } from './suggest.ts';
export { whyNot } from './why-not.ts';
export { explainPair } from './explain.ts';
export { fingerprint } from './fingerprint.ts';
export { defaultMatchRules, faultInRules, scoreParts } from './rules.ts';
export type { MatchConditions, MatchRules, ScorePartName } from './rules.ts';
export type { Certificate } from './certificate.ts';
export { conditions, factsByPart, matchSteps } from './types.ts';
export type {
  Condition,
  Fact,
  FactCode,
  MatchFigures,
  MatchInput,
  MatchMentee,
  MatchMentor,
  MatchOptions,
  MatchPerson,
  MatchResult,
  MatchStep,
  ProposedPair,
  ScoredPair,
  ScorePart,
  Unserved,
  Verdict,
  WhyNot,
} from './types.ts';
