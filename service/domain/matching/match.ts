// One run from input to result: each step is exactly optimal given those before it.
import { assignBest } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import { raiseLowest } from './bottleneck.ts';
import { byText, canonical } from './canonical.ts';
import type { Certificate } from './certificate.ts';
import { evenLoad } from './even-load.ts';
import { explainPair } from './explain.ts';
import { figuresOf, usablePlaces } from './figures.ts';
import { fingerprintOf } from './fingerprint.ts';
import { randomFrom, shuffled } from './random.ts';
import { Rows } from './rows.ts';
import { faultInRules } from './rules.ts';
import { serveLongestWaiting } from './served-set.ts';
import type { ServedSet } from './served-set.ts';
import { taskOf } from './task.ts';
import type { MatchInput, MatchMentor, MatchOptions, MatchResult, ScoredPair, Unserved } from './types.ts';

/**
 * The best result in this order: most requests served; longest waiting first; highest lowest score; highest total;
 * most even load (sum of squares of places in use); then the seed decides. @throws RangeError for an unsound input.
 */
export function match(input: MatchInput, { seed, onStep, storage }: MatchOptions): MatchResult {
  checkInput(input);
  const sorted = canonical(input);
  const drawn = draw(sorted, seed);
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
  const pairs = explained(drawn, assignment);
  onStep?.('explain');
  return {
    seed,
    rulesVersion: input.rules.version,
    inputHash: fingerprintOf(sorted),
    pairs,
    unserved: unservedOf(drawn, set, assignment),
    figures: figuresOf(input, { pairs, feasible: rows.pairs }),
    certificate: certify(drawn, { set, crowd, assignment, loads }),
  };
}

/**
 * The people in the order the seed draws. Mentors of one lab stay side by side, labs as the first of each was drawn:
 * the bit rows of a lab are then short.
 */
function draw(sorted: MatchInput, seed: number): MatchInput {
  const random = randomFrom(seed);
  const mentees = shuffled(sorted.mentees, random);
  const mentors = shuffled(sorted.mentors, random);
  const labs = new Map([...new Set(mentors.map(({ labId }) => labId))].map((labId, at) => [labId, at]));
  mentors.sort((one, other) => (labs.get(one.labId) ?? 0) - (labs.get(other.labId) ?? 0));
  return { ...sorted, mentees, mentors };
}

function explained({ rules, mentees, mentors }: MatchInput, { seats, task }: Assignment): ScoredPair[] {
  const pairs: ScoredPair[] = [];
  mentees.forEach((mentee, at) => {
    const mentor = seats.mentorOf(at);
    if (mentor < 0 || mentor >= task.benches) return;
    pairs.push(explainPair(rules, mentee, mentors[mentor] as MatchMentor));
  });
  return byText(pairs, ({ requestId }) => requestId);
}

function unservedOf(drawn: MatchInput, set: ServedSet, { seats, task }: Assignment): Unserved[] {
  const unserved: Unserved[] = [];
  drawn.mentees.forEach(({ id }, at) => {
    const mentor = seats.mentorOf(at);
    if (mentor >= 0 && mentor < task.benches) return;
    const crowd = set.crowdOf.get(at);
    unserved.push(
      crowd
        ? { requestId: id, reason: 'places_taken', people: crowd.people, places: crowd.places }
        : { requestId: id, reason: 'nobody_fits' },
    );
  });
  return byText(unserved, ({ requestId }) => requestId);
}

/** Puts the proofs of the steps from the drawn order into the canonical one. */
function certify(drawn: MatchInput, proofs: Proofs): Certificate {
  const { set, crowd, assignment, loads } = proofs;
  const mentees = byText([...drawn.mentees.keys()], (at) => drawn.mentees[at]?.id ?? '');
  const mentors = byText([...drawn.mentors.keys()], (at) => drawn.mentors[at]?.personId ?? '');
  const crowded = new Set(crowd);
  return {
    claims: mentors.map((at) => set.claims[at] as number),
    crowd: [...mentees.keys()].filter((at) => crowded.has(mentees[at] as number)),
    menteePrices: mentees.map((at) => assignment.prices.mentee[at] as number),
    mentorPrices: mentors.map((at) => assignment.prices.mentor[at] as number),
    loads: mentors.map((at) => loads[at] as number),
  };
}

interface Proofs {
  readonly set: ServedSet;
  readonly crowd: readonly number[];
  readonly assignment: Assignment;
  readonly loads: Uint32Array;
}

function checkInput({ rules, mentees, mentors }: MatchInput): void {
  const fault = faultInRules(rules);
  if (fault !== undefined) throw new RangeError(`unsound rules: ${fault}`);
  if (new Set(mentees.map(({ id }) => id)).size !== mentees.length) throw new RangeError('a request is listed twice');
  if (new Set(mentors.map(({ personId }) => personId)).size !== mentors.length) {
    throw new RangeError('a mentor is listed twice');
  }
}
