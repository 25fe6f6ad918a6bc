// One matching, with its proof where it is asked for: the same in the process and in a thread.
import { match, verify, type MatchInput } from '../domain/matching/index.ts';
import type { MatchFound, MatchJob } from '../usecases/ports.ts';

export function find(input: MatchInput, { verify: isToVerify = false, ...options }: MatchJob): MatchFound {
  const result = match(input, options);
  return isToVerify ? { ...result, verdict: verify(input, result) } : result;
}
