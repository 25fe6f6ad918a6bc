// All mentors in a thread of their own, read anew every few minutes: a page learns how many could fit without reading
// fifty thousand records, and without making anybody else wait.
import type { WhyNot } from '../domain/matching/index.ts';
import type { MentorPool, MentorSource } from '../usecases/ports.ts';
import type { PoolAnswer, PoolQuestion } from './pool-worker.ts';
import { piecesOf, startThread, type Thread } from './thread.ts';

/** How old the mentors may get, and how long a page waits for the first of them. */
export interface PoolTimes {
  readonly keepMs: number;
  readonly patienceMs: number;
}

interface Filled {
  readonly thread: Thread<PoolQuestion, PoolAnswer>;
  readonly at: number;
  readonly ids: readonly string[];
  /** What was asked before about the same wishes: people look at their page more often than mentors change. */
  readonly known: Map<string, WhyNot>;
}

const usual: PoolTimes = { keepMs: 3 * 60_000, patienceMs: 500 };
const mostKnown = 2000;

/** A pool is of one database; it is filled when it is first asked. */
export function createMentorPool({ keepMs, patienceMs } = usual): MentorPool {
  let filled: Filled | undefined;
  let filling: Promise<Filled> | undefined;
  const refill = async (source: MentorSource): Promise<Filled | undefined> => {
    filling ??= fill(filled?.thread, source).finally(() => (filling = undefined));
    // What fails, the database or the thread, fails for this time only: the next page begins anew.
    filled = await filling.catch(() => undefined);
    return filled;
  };
  return {
    async ask({ mentee, rules }, source) {
      const isOld = filled === undefined || performance.now() - filled.at > keepMs;
      const next = isOld ? refill(source) : undefined;
      const pool = filled ?? (await Promise.race([next, patience(patienceMs)]));
      if (!pool) return undefined;
      const proposedBefore = await source.proposedBefore(pool.ids);
      const about = { mentees: [mentee], rules, proposedBefore };
      const key = JSON.stringify(about);
      const answer =
        pool.known.get(key) ?? (await pool.thread.ask({ about }).catch(() => ({ whyNot: undefined }))).whyNot;
      if (!answer) filled = undefined;
      else if (pool.known.size < mostKnown) pool.known.set(key, answer);
      return answer;
    },
  };
}

async function fill(running: Filled['thread'] | undefined, source: MentorSource): Promise<Filled> {
  const thread = running ?? startThread<PoolQuestion, PoolAnswer>('./pool-worker.ts');
  const ids: string[] = [];
  await thread.ask({ begin: true });
  for await (const mentors of source.mentors()) {
    for (const { personId } of mentors) ids.push(personId);
    for (const piece of piecesOf(mentors)) await thread.ask({ mentors: piece });
  }
  await thread.ask({ end: true });
  return { thread, at: performance.now(), ids, known: new Map() };
}

function patience(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, ms).unref();
  });
}
