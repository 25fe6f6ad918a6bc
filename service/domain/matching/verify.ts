// Checks a result against its input without trusting how it was found. Linear in the pairs; nothing is kept of them.
import { canonical } from './canonical.ts';
import { fingerprintOf } from './fingerprint.ts';
import { usablePlaces } from './figures.ts';
import { proofFaults } from './proof.ts';
import { RowSource, sidesOf } from './row-source.ts';
import { claimsOf } from './served-set.ts';
import { explainPair } from './explain.ts';
import type { MatchInput, MatchResult, ScoredPair, Verdict } from './types.ts';

/**
 * Whether a result is what it says: every pair feasible and scored by the rules, no place given twice, and, by its
 * certificate, optimal in steps 1 to 5 (primal feasible, dual feasible, complementary slackness). That the seed leads
 * to it (step 6) is shown by running it again. The reason is a code.
 */
export function verify(input: MatchInput, result: MatchResult): Verdict {
  const reason = faultIn(input, result);
  return reason === undefined ? { ok: true } : { ok: false, reason };
}

function faultIn(given: MatchInput, result: MatchResult): string | undefined {
  const input = canonical(given);
  const sides = sidesOf(input);
  const { mentees, mentors } = sides;
  if (result.rulesVersion !== input.rules.version) return 'other_rules';
  if (result.inputHash !== fingerprintOf(input, sides)) return 'other_input';
  const mateOf = matesIn(input, result);
  if (typeof mateOf === 'string') return mateOf;
  return (
    faultInScores(input, result, mateOf) ??
    proofFaults({
      input,
      result,
      mateOf,
      claim: claimsOf(mentees),
      places: usablePlaces(mentors, mentees.count),
      usedBefore: mentors.usedPlaces,
      rows: new RowSource(sides),
    })
  );
}

/** Per mentee the index of the mentor, -1 if unserved; or what is wrong with the lists. */
function matesIn({ mentees, mentors }: MatchInput, { pairs, unserved }: MatchResult): Int32Array | string {
  const menteeAt = new Map(mentees.map(({ id }, at) => [id, at]));
  const mentorAt = new Map(mentors.map(({ personId }, at) => [personId, at]));
  const mateOf = new Int32Array(mentees.length).fill(-2);
  for (const { requestId, mentorId } of pairs) {
    const mentee = menteeAt.get(requestId);
    const mentor = mentorAt.get(mentorId);
    if (mentee === undefined || mentor === undefined) return 'unknown_person';
    if (mateOf[mentee] !== -2) return 'request_served_twice';
    mateOf[mentee] = mentor;
  }
  for (const { requestId } of unserved) {
    const mentee = menteeAt.get(requestId);
    if (mentee === undefined) return 'unknown_person';
    if (mateOf[mentee] !== -2) return 'request_listed_twice';
    mateOf[mentee] = -1;
  }
  return mateOf.includes(-2) ? 'request_missing' : mateOf;
}

function faultInScores(
  { rules, mentees, mentors }: MatchInput,
  { pairs }: MatchResult,
  mateOf: Int32Array,
): string | undefined {
  const pairOf = new Map(pairs.map((pair) => [pair.requestId, pair]));
  for (const [at, mentee] of mentees.entries()) {
    const mentor = mentors[mateOf[at] ?? -1];
    if (!mentor) continue;
    const explained: ScoredPair = explainPair(rules, mentee, mentor);
    if (JSON.stringify(explained) !== JSON.stringify(pairOf.get(mentee.id))) return 'score_not_by_the_rules';
  }
  return undefined;
}
