// The best mentors for one request, as the page shows them the moment a request opens.
import { byText } from './canonical.ts';
import { explainPair } from './explain.ts';
import { PairFinder } from './pair-finder.ts';
import { mentorOf } from './points.ts';
import { Reader } from './reader.ts';
import type { MatchInput, MatchMentee, MatchMentor, ScoredPair } from './types.ts';
import { everyWeek } from './week-kinds.ts';

export interface Suggestions {
  readonly requestId: string;
  /** How many mentors could fit in all. */
  readonly fitting: number;
  /** The best of them, explained, best first; equals in order of their ids. */
  readonly best: readonly ScoredPair[];
}

/** The mentors of a programme made ready for many questions. */
export interface MentorPool {
  /** The k best feasible mentors for a request, whether or not it is in the input. About 15 ns per candidate. */
  suggest(mentee: MatchMentee, k: number): Suggestions;
}

/** Linear in the mentors; keep it while they do not change. */
export function openPool({ mentors, proposedBefore, rules }: Omit<MatchInput, 'mentees'>): MentorPool {
  const ordered = byText(mentors, ({ personId }) => personId);
  const reader = new Reader(proposedBefore, everyWeek(mentors));
  const said = reader.mentors(ordered);
  reader.close();
  const [labs, teams] = [reader.labs.all.length, reader.teams.all.length];
  const finder = new PairFinder({ mentors: said, labs, teams, speeches: reader.speeches, rules });
  return {
    suggest(mentee, k) {
      const asking = reader.mentees([mentee]);
      finder.turnTo(asking.weeks.bitsOf(0));
      const row = finder.pairs.subarray(0, finder.fill(asking, 0));
      const best = bestOf(row, k);
      const explain = (pair: number): ScoredPair => explainPair(rules, mentee, ordered[mentorOf(pair)] as MatchMentor);
      return { requestId: mentee.id, fitting: row.length, best: best.map(explain) };
    },
  };
}

/** The k highest scores; among equals the lowest index. One pass with a short sorted list (k is small). */
function bestOf(pairs: Uint32Array, k: number): number[] {
  const best: number[] = [];
  if (k < 1) return best;
  for (const pair of pairs) {
    if (best.length === k && (best[k - 1] as number) >>> 24 >= pair >>> 24) continue;
    let at = Math.min(best.length, k - 1);
    for (; at > 0 && (best[at - 1] as number) >>> 24 < pair >>> 24; at--) best[at] = best[at - 1] as number;
    best[at] = pair;
  }
  return best;
}

/** The k best mentors for one request of an input. @throws RangeError for an unknown id. */
export function suggest(input: MatchInput, requestId: string, k: number): Suggestions {
  const mentee = input.mentees.find(({ id }) => id === requestId);
  if (!mentee) throw new RangeError('no such request in the input');
  return openPool(input).suggest(mentee, k);
}
