import { faultInRules, type MatchFigures, type MatchResult, type MatchRules } from '../domain/matching/index.ts';
import { loadMatchInput } from './load-match-input.ts';
import { rulesInForce } from './match-rules.ts';
import type { Ports } from './ports.ts';

/** What other rules would change for those who wait now, in counts only. */
export interface RulesTrial {
  readonly present: MatchFigures & { readonly version: string };
  readonly tried: MatchFigures & { readonly version: string };
  /** Requests served under the tried rules only, under the present ones only, and under both with another mentor. */
  readonly newlyServed: number;
  readonly noLongerServed: number;
  readonly otherMentor: number;
}

/** Two dry runs over the same people with the same seed. A code of faultInRules for rules that are not sound. */
export async function tryRules(ports: Ports, rules: MatchRules): Promise<RulesTrial | string> {
  const fault = faultInRules(rules);
  if (fault !== undefined) return fault;
  const { input } = await loadMatchInput(ports, await rulesInForce(ports));
  const seed = Math.floor(ports.clock.now().getTime() / 1000) >>> 0;
  const present = await ports.matcher(input, { seed });
  const tried = await ports.matcher({ ...input, rules }, { seed });
  const [before, after] = [mentorsIn(present), mentorsIn(tried)];
  const both = [...after].filter(([requestId]) => before.has(requestId));
  return {
    present: { ...present.figures, version: input.rules.version },
    tried: { ...tried.figures, version: rules.version },
    newlyServed: after.size - both.length,
    noLongerServed: before.size - both.length,
    otherMentor: both.filter(([requestId, mentorId]) => before.get(requestId) !== mentorId).length,
  };
}

function mentorsIn({ pairs }: MatchResult): Map<string, string> {
  return new Map(pairs.map(({ requestId, mentorId }) => [requestId, mentorId]));
}
