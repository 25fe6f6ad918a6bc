// The full objective by trying everything: slow, obvious, and the judge of the fast way.
import { explainPair } from '../../../service/domain/matching/index.ts';
import type { MatchInput } from '../../../service/domain/matching/index.ts';
import { failedConditions, proposedBeforeIn } from '../../../service/domain/matching/feasible.ts';

/** served, then per claim (strongest first) how many are served, then lowest, total and minus the load: larger is better. */
export type Worth = readonly number[];

export function compareWorth(one: Worth, other: Worth): number {
  const at = one.findIndex((value, k) => value !== other[k]);
  return at < 0 ? 0 : one[at]! - other[at]!;
}

/** Scores of the feasible pairs: [mentee][mentor], undefined where not feasible. */
export function feasibleScores(input: MatchInput): (number | undefined)[][] {
  const { rules, mentees, mentors } = input;
  const proposedBefore = proposedBeforeIn(input);
  return mentees.map((mentee) =>
    mentors.map((mentor) =>
      failedConditions({ rules, mentee, mentor, proposedBefore }).length === 0
        ? explainPair(rules, mentee, mentor).score
        : undefined,
    ),
  );
}

/** mateOf: per mentee the index of a mentor or -1. */
export function worthOf(input: MatchInput, scores: (number | undefined)[][], mateOf: readonly number[]): Worth {
  const { mentees, mentors } = input;
  const claims = mentees.map(({ priority, waitingSince }) => ({ priority, waitingSince }));
  const levels = [...new Map(claims.map((claim) => [JSON.stringify(claim), claim])).values()].sort(
    (a, b) => b.priority - a.priority || a.waitingSince - b.waitingSince,
  );
  const perLevel = levels.map(
    (level) => mateOf.filter((mate, k) => mate >= 0 && JSON.stringify(claims[k]) === JSON.stringify(level)).length,
  );
  const served = mateOf.flatMap((mate, mentee) => (mate < 0 ? [] : [scores[mentee]![mate]!]));
  const load = mentors.reduce((sum, { usedPlaces }, at) => {
    const used = usedPlaces + mateOf.filter((mate) => mate === at).length;
    return sum + used * used;
  }, 0);
  const lowest = served.length === 0 ? 0 : Math.min(...served);
  return [served.length, ...perLevel, lowest, served.reduce((sum, score) => sum + score, 0), -load];
}

export function bestWorth(input: MatchInput): Worth {
  const scores = feasibleScores(input);
  const free = input.mentors.map(({ places }) => places);
  const mateOf: number[] = [];
  let best: Worth | undefined;
  const tryFrom = (mentee: number): void => {
    if (mentee === input.mentees.length) {
      const worth = worthOf(input, scores, mateOf);
      if (!best || compareWorth(worth, best) > 0) best = worth;
      return;
    }
    for (let mentor = -1; mentor < free.length; mentor++) {
      if (mentor >= 0 && (scores[mentee]![mentor] === undefined || free[mentor]! < 1)) continue;
      if (mentor >= 0) free[mentor]!--;
      mateOf[mentee] = mentor;
      tryFrom(mentee + 1);
      if (mentor >= 0) free[mentor]!++;
    }
  };
  tryFrom(0);
  return best!;
}
