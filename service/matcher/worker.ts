// The matching's thread: one input, one result, then it ends.
import { parentPort, workerData } from 'node:worker_threads';
import { match, type MatchInput, type MatchOptions, type MatchStep } from '../domain/matching/index.ts';
import type { MatcherMessage } from './index.ts';

const { input, options } = workerData as { input: MatchInput; options: MatchOptions };
const tell = (message: MatcherMessage): void => parentPort?.postMessage(message);

const onStep = (step: MatchStep): void => {
  tell({ step });
};

tell({ result: match(input, { ...options, onStep }) });
