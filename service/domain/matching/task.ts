// What steps 3 to 5 work on once it is known how many are served: everybody in the task gets exactly one place.
import type { Rows } from './rows.ts';
import type { ServedSet } from './served-set.ts';

/** mentors from `benches` on are stand-ins: see taskOf. */
export interface Task {
  readonly people: readonly number[];
  readonly places: Int32Array;
  /** Number of real mentors. */
  readonly benches: number;
}

/**
 * Where people with equal claims are partly served, which of them is open to the later steps. They all join the task,
 * and a stand-in mentor, the bench of that claim, has as many places as people of it stay unserved. Sitting there is
 * worth full points to each, so it moves neither the lowest score nor, their number being fixed, the comparison of totals.
 */
export function taskOf(rows: Rows, set: ServedSet, places: Int32Array): Task {
  const unserved = new Set(set.unserved.map((mentee) => set.claim[mentee]));
  const partly = new Set(set.served.map((mentee) => set.claim[mentee]).filter((claim) => unserved.has(claim)));
  const waiting = set.unserved.filter((mentee) => partly.has(set.claim[mentee]));
  const benchOf = new Map<number, number>();
  const benchPlaces: number[] = [];
  for (const mentee of waiting) {
    const claim = set.claim[mentee] as number;
    const bench = benchOf.get(claim) ?? benchPlaces.push(0) - 1;
    benchOf.set(claim, bench);
    benchPlaces[bench] = (benchPlaces[bench] ?? 0) + 1;
  }
  const isIn = new Uint8Array(rows.mentees);
  for (const mentee of set.served) isIn[mentee] = 1;
  for (const mentee of waiting) isIn[mentee] = 1;
  const people: number[] = [];
  for (let mentee = 0; mentee < isIn.length; mentee++) if (isIn[mentee] === 1) people.push(mentee);
  if (benchPlaces.length === 0) return { people, places, benches: places.length };
  for (const mentee of people) {
    const bench = benchOf.get(set.claim[mentee] as number);
    if (bench !== undefined) rows.addBench(mentee, places.length + bench);
  }
  return { people, places: Int32Array.of(...places, ...benchPlaces), benches: places.length };
}
