// The matching's thread: takes the input in pieces, thinks, gives the result in pieces.
import { parentPort } from 'node:worker_threads';
import {
  defaultMatchRules,
  type MatchInput,
  type MatchMentee,
  type MatchMentor,
  type MatchResult,
  type MatchStep,
  type ProposedPair,
  type ScoredPair,
  type Unserved,
  type Verdict,
} from '../domain/matching/index.ts';
import type { MatchFound } from '../usecases/ports.ts';
import { find } from './find.ts';
import { pieceFrom, type Said } from './thread.ts';

export type MatchQuestion =
  | { readonly take: Partial<MatchInput> }
  | { readonly match: { readonly seed: number; readonly verify?: boolean } }
  | { readonly pairsFrom: number }
  | { readonly unservedFrom: number };

/** The result without its lists, which are told by their lengths and fetched in pieces. */
export interface FoundResult extends Omit<MatchResult, 'pairs' | 'unserved'> {
  readonly pairs: number;
  readonly unserved: number;
  readonly verdict?: Verdict;
}

export interface MatchAnswer {
  readonly found?: FoundResult;
  readonly pairs?: readonly ScoredPair[];
  readonly unserved?: readonly Unserved[];
}

const mentees: MatchMentee[] = [];
const mentors: MatchMentor[] = [];
const proposedBefore: ProposedPair[] = [];
let rules = defaultMatchRules;
let result: MatchFound | undefined;

const say = (said: Said<MatchAnswer, MatchStep>): void => parentPort?.postMessage(said);

function take(piece: Partial<MatchInput>): MatchAnswer {
  mentees.push(...(piece.mentees ?? []));
  mentors.push(...(piece.mentors ?? []));
  proposedBefore.push(...(piece.proposedBefore ?? []));
  rules = piece.rules ?? rules;
  return {};
}

function findHere(job: { seed: number; verify?: boolean }): MatchAnswer {
  const onStep = (step: MatchStep): void => {
    say({ news: step });
  };
  result = find({ mentees, mentors, proposedBefore, rules }, { ...job, onStep });
  const { pairs, unserved, ...rest } = result;
  return { found: { ...rest, pairs: pairs.length, unserved: unserved.length } };
}

function answerTo(question: MatchQuestion): MatchAnswer {
  if ('take' in question) return take(question.take);
  if ('match' in question) return findHere(question.match);
  if ('pairsFrom' in question) return { pairs: pieceFrom(result?.pairs ?? [], question.pairsFrom) };
  return { unserved: pieceFrom(result?.unserved ?? [], question.unservedFrom) };
}

parentPort?.on('message', (question: MatchQuestion) => {
  say({ answer: answerTo(question) });
});
