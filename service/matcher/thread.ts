// A thread that answers one question after the other. What goes to and fro is cut into pieces that neither side notices.
import { Worker } from 'node:worker_threads';

/** What a thread says: news while it thinks, then one answer a question. */
export type Said<A, N> = { readonly answer: A } | { readonly news: N };

export interface Thread<Q, A> {
  /** Questions are answered in the order in which they are asked. @throws what ended the thread */
  ask(question: Q): Promise<A>;
  end(): Promise<void>;
}

interface Waiting<A> {
  readonly resolve: (answer: A) => void;
  readonly reject: (reason: Error) => void;
}

const script = new URL('./start.mjs', import.meta.url);

/** Room for what lives shortly, MB. The engine's usual 48 are filled before anybody looks; half of it is as fast. */
export const youngGenerationMb = 24;

/** module: of this room, without its ending, and one that listens. A thread nobody waits for does not keep the process alive. */
export function startThread<Q, A>(module: string, onNews: (news: never) => void = () => undefined): Thread<Q, A> {
  const worker = new Worker(script, {
    workerData: { module },
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  });
  const waiting: Waiting<A>[] = [];
  let over: Error | undefined;
  const fail = (reason: Error): void => {
    over = reason;
    for (const { reject } of waiting.splice(0)) reject(reason);
  };
  worker.on('message', (said: Said<A, never>) => {
    if ('news' in said) {
      onNews(said.news);
      return;
    }
    waiting.shift()?.resolve(said.answer);
    if (waiting.length === 0) worker.unref();
  });
  worker.on('error', (error) => {
    fail(error instanceof Error ? error : new Error(String(error)));
  });
  worker.on('exit', (code) => {
    fail(over ?? new Error(`the thread of the matching ended with code ${code}`));
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (over) {
          reject(over);
          return;
        }
        waiting.push({ resolve, reject });
        worker.ref();
        worker.postMessage(question);
      }),
    end: async () => {
      await worker.terminate();
    },
  };
}

/** Persons or pairs that are handed over at a time: some milliseconds of work on either side. */
const pieceSize = 200;

/** The pieces of a list. */
export function* piecesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += pieceSize) yield items.slice(from, from + pieceSize);
}

/** One piece of a list, from an index on. */
export function pieceFrom<T>(items: readonly T[], from: number): readonly T[] {
  return items.slice(from, from + pieceSize);
}
