// Runs the matching in a thread of its own: a large run takes seconds, and pages go on being answered meanwhile.
import type { MatchInput, MatchStep, ScoredPair, Unserved } from '../domain/matching/index.ts';
import type { Matcher } from '../usecases/ports.ts';
import { piecesOf, startThread, type Thread } from './thread.ts';
import type { MatchAnswer, MatchQuestion } from './worker.ts';

export const matcher: Matcher = async (input, { onStep, ...job }) => {
  const thread = startThread<MatchQuestion, MatchAnswer>('./worker', (step: MatchStep) => onStep?.(step));
  try {
    await handOver(thread, input);
    const { found } = await thread.ask({ match: job });
    if (!found) throw new Error('the thread of the matching gave no result');
    const { pairs: pairCount, unserved: unservedCount, ...rest } = found;
    const pairs: ScoredPair[] = [];
    while (pairs.length < pairCount) pairs.push(...((await thread.ask({ pairsFrom: pairs.length })).pairs ?? []));
    const unserved: Unserved[] = [];
    while (unserved.length < unservedCount) {
      unserved.push(...((await thread.ask({ unservedFrom: unserved.length })).unserved ?? []));
    }
    return { ...rest, pairs, unserved };
  } finally {
    await thread.end();
  }
};

async function handOver(thread: Thread<MatchQuestion, MatchAnswer>, input: MatchInput): Promise<void> {
  const { mentees, mentors, proposedBefore, rules } = input;
  await thread.ask({ take: { rules } });
  for (const piece of piecesOf(mentees)) await thread.ask({ take: { mentees: piece } });
  for (const piece of piecesOf(mentors)) await thread.ask({ take: { mentors: piece } });
  for (const piece of piecesOf(proposedBefore)) await thread.ask({ take: { proposedBefore: piece } });
}
