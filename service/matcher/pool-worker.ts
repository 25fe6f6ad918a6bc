// The pool's thread: keeps the mentors, answers one question about one mentee at a time.
import { parentPort } from 'node:worker_threads';
import { whyNot, type MatchInput, type MatchMentor, type WhyNot } from '../domain/matching/index.ts';
import type { Said } from './thread.ts';

export type PoolQuestion =
  | { readonly begin: true }
  | { readonly mentors: readonly MatchMentor[] }
  | { readonly end: true }
  | { readonly about: Omit<MatchInput, 'mentors'> };

/** For `about` only. */
export interface PoolAnswer {
  readonly whyNot?: WhyNot;
}

let mentors: MatchMentor[] = [];
let coming: MatchMentor[] = [];

function answerTo(question: PoolQuestion): PoolAnswer {
  if ('about' in question) {
    const [mentee] = question.about.mentees;
    return mentee ? { whyNot: whyNot({ ...question.about, mentors }, mentee.id) } : {};
  }
  if ('mentors' in question) coming.push(...question.mentors);
  if ('begin' in question) coming = [];
  if ('end' in question) [mentors, coming] = [coming, []];
  return {};
}

parentPort?.on('message', (question: PoolQuestion) => {
  const said: Said<PoolAnswer, never> = { answer: answerTo(question) };
  parentPort?.postMessage(said);
});
