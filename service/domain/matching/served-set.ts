// Steps 1 and 2: as many requests served as can be, and among all such sets the one whose people have waited longest.
import { byKey } from './counting-sort.ts';
import type { Rows } from './rows.ts';
import { Reach } from './reach.ts';
import { Seats } from './seats.ts';
import type { MenteesSaid } from './people.ts';

/** People who compete for the same places; one more than the places at least (Hall 1935). */
export interface Crowd {
  readonly people: number;
  readonly places: number;
}

export interface ServedSet {
  /** Per mentee how strong the claim is: 1 for those who came last, equal for equal waiting. */
  readonly claim: Uint32Array;
  readonly served: readonly number[];
  readonly unserved: readonly number[];
  /** Per mentee the crowd they are in, if in one. An unserved mentee in none has nobody who fits. */
  readonly crowdOf: ReadonlyMap<number, Crowd>;
  /** Per mentor the strongest claim among the unserved who compete for their places, 0 where nobody does. */
  readonly claims: Uint32Array;
}

/**
 * Sets of mentees that can be served together form a matroid (transversal matroid, Edmonds and Fulkerson 1965), so
 * taking people in waiting order and keeping everybody who still fits gives the best set (Rado 1957, Edmonds 1971).
 * The unserved end in closed parts of the programme: the places there are all taken in every best set (Dulmage and
 * Mendelsohn 1958), which is the explanation they are given.
 * Worst case mentees x pairs; in practice little more than one pass over the best pairs.
 */
export function serveLongestWaiting(rows: Rows, claim: Uint32Array, places: Int32Array): ServedSet {
  const reach = new Reach(rows, new Seats(claim.length, places), 0);
  const served: number[] = [];
  const unserved: number[] = [];
  const crowds = new Crowds();
  for (const mentee of strongestFirst(claim)) {
    if (reach.place(mentee, unserved.length + 1)) {
      served.push(mentee);
    } else {
      unserved.push(mentee);
      crowds.add(reach.touched);
    }
  }
  const claims = reach.closedBy.map((mark) => (mark === 0 ? 0 : (claim[unserved[mark - 1] as number] as number)));
  return { claim, served, unserved, claims, crowdOf: crowds.ofMentees({ reach, places, unserved, served }) };
}

/** Ranks by priority, then waiting time; equal instants share a rank. */
export function claimsOf({ priority, waitingSince }: Claims): Uint32Array {
  const { length } = priority;
  const waiting = ranksOf(waitingSince.map((since) => -since));
  const priorities = ranksOf(priority);
  const claim = new Uint32Array(length);
  let [rank, last] = [0, -1];
  for (const at of byKey(priorities, length, byKey(waiting, length))) {
    const isEqual = last >= 0 && priorities[at] === priorities[last] && waiting[at] === waiting[last];
    if (!isEqual) rank += 1;
    claim[at] = rank;
    last = at;
  }
  return claim;
}

type Claims = Pick<MenteesSaid, 'priority' | 'waitingSince'>;

/** From 1 for the lowest value; equal values share a rank. */
function ranksOf(values: Float64Array): Uint32Array {
  // Without a comparison function the engine sorts many times faster.
  const distinct = values.slice().sort();
  let count = 0;
  for (let at = 0; at < distinct.length; at++) {
    if (count === 0 || distinct[at] !== distinct[count - 1]) distinct[count++] = distinct[at] as number;
  }
  const ranks = new Uint32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((distinct[middle] as number) < (values[at] as number)) low = middle + 1;
      else high = middle;
    }
    ranks[at] = low + 1;
  }
  return ranks;
}

/** The mentees by falling claim, those of one claim by index. */
function strongestFirst(claim: Uint32Array): Uint32Array {
  return byKey(
    claim.map((rank) => claim.length - rank),
    claim.length,
  );
}

interface Ended {
  readonly reach: Reach;
  readonly places: Int32Array;
  readonly served: readonly number[];
  readonly unserved: readonly number[];
}

/** Closed parts by the mark of the search that closed them; a search that runs into others joins them (Tarjan 1975). */
class Crowds {
  readonly #joined: number[] = [0];

  add(touched: ReadonlySet<number>): void {
    const mark = this.#joined.length;
    this.#joined.push(mark);
    for (const other of touched) this.#joined[this.#root(other)] = mark;
  }

  /** The people of a crowd are those who hold its places, all of them taken, and those left without. */
  ofMentees({ reach, places, served, unserved }: Ended): Map<number, Crowd> {
    const crowds = new Map<number, { people: number; places: number }>();
    reach.closedBy.forEach((mark, mentor) => {
      if (mark === 0) return;
      const root = this.#root(mark);
      const crowd = crowds.get(root) ?? { people: 0, places: 0 };
      crowd.places += places[mentor] ?? 0;
      crowd.people += places[mentor] ?? 0;
      crowds.set(root, crowd);
    });
    const crowdOf = new Map<number, Crowd>();
    const join = (mentee: number, mark: number): Crowd | undefined => {
      const crowd = crowds.get(this.#root(mark));
      if (crowd) crowdOf.set(mentee, crowd);
      return crowd;
    };
    unserved.forEach((mentee, at) => {
      const crowd = join(mentee, at + 1);
      if (crowd) (crowd as { people: number }).people += 1;
    });
    for (const mentee of served) {
      const mark = reach.closedBy[reach.seats.mentorOf(mentee)] as number;
      if (mark !== 0) join(mentee, mark);
    }
    return crowdOf;
  }

  #root(mark: number): number {
    let root = mark;
    while (this.#joined[root] !== root) root = this.#joined[root] as number;
    for (let at = mark; at !== root;) {
      const next = this.#joined[at] as number;
      this.#joined[at] = root;
      at = next;
    }
    return root;
  }
}
