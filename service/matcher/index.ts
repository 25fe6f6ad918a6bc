// Runs the matching in a thread of its own: a large run takes seconds, and pages go on being answered meanwhile.
import { Worker } from 'node:worker_threads';
import type { MatchResult, MatchStep } from '../domain/matching/index.ts';
import type { Matcher } from '../usecases/ports.ts';

/** What the thread says: each step that is done, and the result at the end. */
export type MatcherMessage = { readonly step: MatchStep } | { readonly result: MatchResult };

const script = new URL('./start.mjs', import.meta.url);

export const matcher: Matcher = (input, { onStep, ...options }) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { input, options } });
    worker.on('message', (message: MatcherMessage) => {
      if ('result' in message) resolve(message.result);
      else onStep?.(message.step);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      reject(new Error(`the matching thread ended with code ${code}`));
    });
  });
