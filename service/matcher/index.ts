// Runs the matching in a thread of its own: a large run takes seconds, and pages go on being answered meanwhile. A small one takes
// a few milliseconds, which is a hundredth of what a thread takes to start.
import type { MatchInput, MatchStep, ScoredPair, Unserved } from '../domain/matching/index.ts';
import type { Matcher } from '../usecases/ports.ts';
import { find } from './find.ts';
import { piecesOf, startThread, type Thread } from './thread.ts';
import type { MatchAnswer, MatchQuestion } from './worker.ts';

/** So many pairs to look at, those who ask times those who mentor, are found within some milliseconds. */
const smallPairs = 2_500;

export const matcher: Matcher = (input, job) =>
  input.mentees.length * input.mentors.length <= smallPairs
    ? Promise.resolve().then(() => find(input, job))
    : inThread(input, job);

/** The same in a thread of its own, whatever its size. */
export const inThread: Matcher = async (input, { onStep, ...job }) => {
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
