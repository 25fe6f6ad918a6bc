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
import type { Said } from './people.ts';
import { randomFrom, shuffledNumbers } from './random.ts';
import { whatTheySay } from './reader.ts';
import { Rows } from './rows.ts';
import { faultInRules } from './rules.ts';
import { claimsOf, serveLongestWaiting } from './served-set.ts';
import type { Crowd, ServedSet } from './served-set.ts';
import { taskOf } from './task.ts';
import type { MatchInput, MatchOptions, MatchResult, ScoredPair, Unserved } from './types.ts';

/**
 * The best result in this order: most requests served; longest waiting first; highest lowest score; highest total;
 * most even load (sum of squares of places in use); then the seed decides. @throws RangeError for an unsound input.
 */
export function match(input: MatchInput, { seed, onStep, storage }: MatchOptions): MatchResult {
  const sorted = canonical(input);
  checkInput(sorted);
  const said = whatTheySay(sorted);
  const inputHash = fingerprintOf(sorted, said);
  const draw = drawFrom(said, seed);
  const { mentees, mentors } = draw.drawn;
  const rows = new Rows({ ...draw.drawn, rules: input.rules }, storage);
  onStep?.('pairs');
  const places = usablePlaces(mentors, mentees.count);
  const set = serveLongestWaiting(rows, claimsOf(mentees), places);
  onStep?.('served');
  const task = taskOf(rows, set, places);
  const { lowest, crowd } = raiseLowest(rows, task, input.rules.floor);
  onStep?.('lowest');
  const assignment = assignBest({ rows, task, least: lowest });
  onStep?.('total');
  const usedBefore = mentors.usedPlaces;
  const loads = evenLoad(assignment, usedBefore);
  onStep?.('load');
  const { pairs, unserved } = explained(new Explainer(sorted, said), draw, { set, assignment });
  onStep?.('explain');
  const used = assignment.seats.used;
  const outcome = { mentees: mentees.count, places, usedBefore, used, pairs, feasible: rows.pairs };
  const certificate = certify(draw, { set, crowd, assignment, loads });
  return {
    ...{ seed, rulesVersion: input.rules.version, inputHash },
    ...{ pairs, unserved, figures: figuresOf(outcome), certificate },
  };
}

/** What the people say in the order the seed draws them, and where in it each one of the canonical order was drawn. */
interface Draw {
  readonly drawn: Said;
  readonly menteeAt: Uint32Array;
  readonly mentorAt: Uint32Array;
  /** The canonical index of each mentor drawn. */
  readonly mentorOrder: Uint32Array;
}

/** Mentors of one lab stay side by side, labs as the first of each was drawn: the bit rows of a lab are then short. */
function drawFrom(said: Said, seed: number): Draw {
  const { mentees, mentors } = said;
  const random = randomFrom(seed);
  const menteeOrder = shuffledNumbers(mentees.count, random);
  const mentorOrder = byLab(shuffledNumbers(mentors.count, random), mentors.lab);
  const mentorAt = whereIn(mentorOrder);
  return {
    drawn: { ...said, mentees: mentees.inOrder(menteeOrder, mentorAt), mentors: mentors.inOrder(mentorOrder) },
    menteeAt: whereIn(menteeOrder),
    mentorAt,
    mentorOrder,
  };
}

/** The same order, with those of one lab side by side. */
function byLab(order: Uint32Array, lab: Int32Array): Uint32Array {
  const labs = new Map<number, number[]>();
  for (const mentor of order) {
    const own = lab[mentor] as number;
    const others = labs.get(own);
    if (others) others.push(mentor);
    else labs.set(own, [mentor]);
  }
  return Uint32Array.from([...labs.values()].flat());
}

/** Per item the place it has in an order. */
function whereIn(order: Uint32Array): Uint32Array {
  const at = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) at[order[place] as number] = place;
  return at;
}

/** Everybody with their pair or why they have none, in the canonical order. */
function explained(explainer: Explainer, { menteeAt, mentorOrder }: Draw, { set, assignment }: Chosen): Told {
  const { seats, task } = assignment;
  const pairs: ScoredPair[] = [];
  const unserved: Unserved[] = [];
  for (let mentee = 0; mentee < menteeAt.length; mentee++) {
    const at = menteeAt[mentee] as number;
    const mentor = seats.mentorOf(at);
    if (mentor >= 0 && mentor < task.benches) {
      pairs.push(explainer.explain(mentee, mentorOrder[mentor] as number));
    } else {
      unserved.push(reasonFor(explainer.requestId(mentee), set.crowdOf.get(at)));
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
  const crowded = new Uint8Array(menteeAt.length);
  for (const mentee of crowd) crowded[mentee] = 1;
  return {
    claims: valuesAt(mentorAt, set.claims),
    crowd: [...menteeAt.keys()].filter((at) => crowded[menteeAt[at] as number] === 1),
    menteePrices: valuesAt(menteeAt, assignment.prices.mentee),
    mentorPrices: valuesAt(mentorAt, assignment.prices.mentor),
    loads: valuesAt(mentorAt, loads),
  };
}

function valuesAt(at: Uint32Array, values: ArrayLike<number>): number[] {
  const there: number[] = [];
  for (const place of at) there.push(values[place] as number);
  return there;
}

type Chosen = Pick<Proofs, 'set' | 'assignment'>;
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
