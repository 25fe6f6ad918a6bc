// Why nobody has been found for a request yet: which condition excludes how many mentors.
import { failedConditions, proposedBeforeIn } from './feasible.ts';
import { conditions } from './types.ts';
import type { Condition, MatchInput, WhyNot } from './types.ts';

/** Looks at every mentor of the input, full and paused ones too. Linear in the mentors. @throws RangeError for an unknown id. */
export function whyNot(input: MatchInput, requestId: string): WhyNot {
  const mentee = input.mentees.find(({ id }) => id === requestId);
  if (!mentee) throw new RangeError('no such request in the input');
  const proposedBefore = proposedBeforeIn(input);
  const excluded = noneYet();
  const onlyBy = noneYet();
  let feasible = 0;
  for (const mentor of input.mentors) {
    const failed = failedConditions({ rules: input.rules, mentee, mentor, proposedBefore });
    for (const condition of failed) excluded[condition] += 1;
    const [only, ...others] = failed;
    if (only === undefined) feasible += 1;
    else if (others.length === 0) onlyBy[only] += 1;
  }
  return { requestId, mentors: input.mentors.length, feasible, excluded, onlyBy };
}

function noneYet(): Record<Condition, number> {
  return Object.fromEntries(conditions.map((condition) => [condition, 0])) as Record<Condition, number>;
}
