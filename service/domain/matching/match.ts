// One run from input to result: each step is exactly optimal given those before it.
import { assignBest } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import { raiseLowest } from './bottleneck.ts';
import { canonical } from './canonical.ts';
import type { Certificate } from './certificate.ts';
import { evenLoad } from './even-load.ts';
import { Explainer } from './explainer.ts';
import { figuresOf, usablePlaces } from './figures.ts';
import { fingerprintOf } from './fingerprint.ts';
import { randomFrom, shuffled } from './random.ts';
import { Rows } from './rows.ts';
import { faultInRules } from './rules.ts';
import { serveLongestWaiting } from './served-set.ts';
import type { Crowd, ServedSet } from './served-set.ts';
import { taskOf } from './task.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchOptions, MatchResult, ScoredPair, Unserved } from './types.ts';

/**
 * The best result in this order: most requests served; longest waiting first; highest lowest score; highest total;
 * most even load (sum of squares of places in use); then the seed decides. @throws RangeError for an unsound input.
 */
export function match(input: MatchInput, { seed, onStep, storage }: MatchOptions): MatchResult {
  const sorted = canonical(input);
  checkInput(sorted);
  const draw = drawFrom(sorted, seed);
  const { drawn } = draw;
  const rows = new Rows(drawn, storage);
  onStep?.('pairs');
  const places = drawn.mentors.map((mentor) => usablePlaces(mentor, drawn.mentees.length));
  const set = serveLongestWaiting(rows, drawn.mentees, places);
  onStep?.('served');
  const task = taskOf(rows, set, places);
  const { lowest, crowd } = raiseLowest(rows, task, input.rules.floor);
  onStep?.('lowest');
  const assignment = assignBest({ rows, task, least: lowest });
  onStep?.('total');
  const usedBefore = drawn.mentors.map(({ usedPlaces }) => usedPlaces);
  const loads = evenLoad(assignment, usedBefore);
  onStep?.('load');
  const { pairs, unserved } = explained(draw, { set, assignment });
  onStep?.('explain');
  return {
    seed,
    rulesVersion: input.rules.version,
    inputHash: fingerprintOf(sorted),
    pairs,
    unserved,
    figures: figuresOf(input, { pairs, feasible: rows.pairs }),
    certificate: certify(draw, { set, crowd, assignment, loads }),
  };
}

/** The people in the order the seed draws, and per person in the canonical order where they were drawn. */
interface Draw {
  readonly drawn: MatchInput;
  readonly menteeAt: Uint32Array;
  readonly mentorAt: Uint32Array;
}

/** Mentors of one lab stay side by side, labs as the first of each was drawn: the bit rows of a lab are then short. */
function drawFrom(sorted: MatchInput, seed: number): Draw {
  const random = randomFrom(seed);
  const menteeOrder = shuffled([...sorted.mentees.keys()], random);
  const mentorOrder = shuffled([...sorted.mentors.keys()], random);
  const byLab = new Map<string, number[]>();
  for (const mentor of mentorOrder) {
    const { labId } = sorted.mentors[mentor] as MatchMentor;
    const lab = byLab.get(labId);
    if (lab) lab.push(mentor);
    else byLab.set(labId, [mentor]);
  }
  const labOrder = [...byLab.values()].flat();
  const mentees = menteeOrder.map((mentee) => sorted.mentees[mentee] as MatchMentee);
  const mentors = labOrder.map((mentor) => sorted.mentors[mentor] as MatchMentor);
  return { drawn: { ...sorted, mentees, mentors }, menteeAt: whereIn(menteeOrder), mentorAt: whereIn(labOrder) };
}

/** Per item the place it has in an order. */
function whereIn(order: readonly number[]): Uint32Array {
  const at = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) at[order[place] as number] = place;
  return at;
}

/** Everybody with their pair or why they have none, in the canonical order. */
function explained({ drawn, menteeAt }: Draw, { set, assignment }: Pick<Proofs, 'set' | 'assignment'>): Told {
  const { seats, task } = assignment;
  const explainer = new Explainer(drawn.rules);
  const pairs: ScoredPair[] = [];
  const unserved: Unserved[] = [];
  for (const at of menteeAt) {
    const mentee = drawn.mentees[at] as MatchMentee;
    const mentor = seats.mentorOf(at);
    if (mentor >= 0 && mentor < task.benches) {
      pairs.push(explainer.explain(mentee, drawn.mentors[mentor] as MatchMentor));
    } else {
      unserved.push(reasonFor(mentee.id, set.crowdOf.get(at)));
    }
  }
  return { pairs, unserved };
}

function reasonFor(requestId: string, crowd: Crowd | undefined): Unserved {
  if (!crowd) return { requestId, reason: 'nobody_fits' };
  return { requestId, reason: 'places_taken', people: crowd.people, places: crowd.places };
}

/** Puts the proofs of the steps from the drawn order into the canonical one. */
function certify({ menteeAt, mentorAt }: Draw, { set, crowd, assignment, loads }: Proofs): Certificate {
  const inOrder = (at: Uint32Array, values: ArrayLike<number>): number[] =>
    Array.from(at, (place) => values[place] as number);
  const crowded = new Uint8Array(menteeAt.length);
  for (const mentee of crowd) crowded[mentee] = 1;
  return {
    claims: inOrder(mentorAt, set.claims),
    crowd: [...menteeAt.keys()].filter((at) => crowded[menteeAt[at] as number] === 1),
    menteePrices: inOrder(menteeAt, assignment.prices.mentee),
    mentorPrices: inOrder(mentorAt, assignment.prices.mentor),
    loads: inOrder(mentorAt, loads),
  };
}

type Told = Pick<MatchResult, 'pairs' | 'unserved'>;

interface Proofs {
  readonly set: ServedSet;
  readonly crowd: readonly number[];
  readonly assignment: Assignment;
  readonly loads: Uint32Array;
}

/** The input is in its canonical order: whoever is listed twice stands side by side. */
function checkInput({ rules, mentees, mentors }: MatchInput): void {
  const fault = faultInRules(rules);
  if (fault !== undefined) throw new RangeError(`unsound rules: ${fault}`);
  if (mentees.some(({ id }, at) => id === mentees[at + 1]?.id)) throw new RangeError('a request is listed twice');
  if (mentors.some(({ personId }, at) => personId === mentors[at + 1]?.personId)) {
    throw new RangeError('a mentor is listed twice');
  }
}
