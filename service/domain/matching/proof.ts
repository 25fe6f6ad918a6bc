// The certificate against the pairs, step by step of the objective.
import { figuresOf } from './figures.ts';
import { mentorOf, scoreOf } from './points.ts';
import type { RowSource } from './row-source.ts';
import type { MatchInput, MatchResult } from './types.ts';

/** A result by canonical index. mateOf: the mentor of each mentee, -1 for the unserved. claim: as claimsOf gives it. */
export interface ProofCase {
  readonly input: MatchInput;
  readonly result: MatchResult;
  readonly mateOf: Int32Array;
  readonly claim: Uint32Array;
  readonly places: Int32Array;
  readonly usedBefore: Int32Array;
  readonly rows: RowSource;
}

/** The first thing that does not hold, as a code; undefined if the result is proved. */
export function proofFaults(given: ProofCase): string | undefined {
  const proof = new Proof(given);
  return proof.faultInMentors() ?? proof.faultInBenches() ?? proof.faultInRows() ?? proof.faultInCrowd();
}

class Proof {
  readonly #case: ProofCase;
  readonly #used: Uint32Array;
  /** Claims of which some are served and some are not, with the number of those who are not (the bench; see task). */
  readonly #benchPlaces = new Map<number, number>();
  /** Per bench its price as the unserved see it, and the largest load from which a chain of moves leads to it. */
  readonly #benchPrice = new Map<number, number>();
  readonly #benchLoad = new Map<number, number>();
  readonly #inCrowd: Set<number>;
  readonly #crowdMentors = new Set<number>();

  constructor(given: ProofCase) {
    const { mateOf, claim, places, result } = given;
    this.#case = given;
    this.#used = new Uint32Array(places.length);
    this.#inCrowd = new Set(result.certificate.crowd);
    const servedClaims = new Set<number>();
    mateOf.forEach((mentor, mentee) => {
      if (mentor < 0) return;
      (this.#used[mentor] as number)++;
      servedClaims.add(claim[mentee] as number);
    });
    mateOf.forEach((mentor, mentee) => {
      const own = claim[mentee] as number;
      if (mentor < 0 && servedClaims.has(own)) this.#benchPlaces.set(own, (this.#benchPlaces.get(own) ?? 0) + 1);
    });
  }

  /** Whether steps 3 to 5 may place the mentee: served, or as good a claim as somebody served. */
  #inTask(mentee: number): boolean {
    return (this.#case.mateOf[mentee] as number) >= 0 || this.#benchPlaces.has(this.#case.claim[mentee] as number);
  }

  faultInMentors(): string | undefined {
    const { certificate } = this.#case.result;
    const { claims, mentorPrices, menteePrices, loads } = certificate;
    const { mentors, mentees } = this.#case.input;
    const lengths = [claims, mentorPrices, loads].map(({ length }) => length);
    if (!lengths.every((length) => length === mentors.length)) return 'certificate_incomplete';
    if (menteePrices.length !== mentees.length) return 'certificate_incomplete';
    if (![...claims, ...mentorPrices, ...menteePrices, ...loads].every(Number.isSafeInteger)) return 'price_not_whole';
    for (const [mentor, { usedPlaces }] of mentors.entries()) {
      const used = this.#used[mentor] as number;
      const places = this.#case.places[mentor] as number;
      const [claim, price, load] = [claims[mentor] as number, mentorPrices[mentor] as number, loads[mentor] as number];
      if (used > places) return 'place_given_twice';
      if (claim < 0 || price < 0 || load < 0) return 'price_negative';
      if (used < places && (claim > 0 || price > 0)) return 'price_on_a_free_place';
      if (price === 0 && used > 0 && load < usedPlaces + used) return 'load_understated';
      if (used < places && load > usedPlaces + used + 1) return 'load_uneven';
    }
    return undefined;
  }

  /** Those of a shared claim who stay unserved sit on its bench: full points, at one price. */
  faultInBenches(): string | undefined {
    const { mateOf, claim, result } = this.#case;
    const { menteePrices, loads } = result.certificate;
    for (const [mentee, mentor] of mateOf.entries()) {
      const own = claim[mentee] as number;
      if (mentor >= 0) continue;
      const price = menteePrices[mentee] as number;
      if (!this.#benchPlaces.has(own)) {
        if (price !== 0) return 'price_outside_the_task';
      } else if ((this.#benchPrice.get(own) ?? price) !== price) return 'bench_price_differs';
      else this.#benchPrice.set(own, price);
    }
    for (const [mentee, mentor] of mateOf.entries()) {
      const own = claim[mentee] as number;
      const bench = this.#benchPrice.get(own);
      if (mentor < 0 || bench === undefined) continue;
      const price = menteePrices[mentee] as number;
      if (price < bench) return 'total_not_highest';
      if (price === bench) this.#benchLoad.set(own, Math.max(this.#benchLoad.get(own) ?? 0, loads[mentor] as number));
    }
    return undefined;
  }

  faultInRows(): string | undefined {
    let feasible = 0;
    for (let mentee = 0; mentee < this.#case.mateOf.length; mentee++) {
      const row = this.#case.rows.row(mentee);
      feasible += row.length;
      const fault =
        this.#faultInMate(mentee, row) ?? this.#faultInClaims(mentee, row) ?? this.#faultInPrices(mentee, row);
      if (fault !== undefined) return fault;
    }
    const { mateOf, places, usedBefore, result } = this.#case;
    const outcome = { mentees: mateOf.length, places, usedBefore, used: this.#used, pairs: result.pairs, feasible };
    const figures = figuresOf(outcome);
    return JSON.stringify(figures) === JSON.stringify(result.figures) ? undefined : 'figures_wrong';
  }

  #faultInMate(mentee: number, row: Uint32Array): string | undefined {
    const mate = this.#case.mateOf[mentee] as number;
    if (mate >= 0) return row.some((pair) => mentorOf(pair) === mate) ? undefined : 'pair_not_feasible';
    const id = this.#case.input.mentees[mentee]?.id;
    const unserved = this.#unserved().get(id ?? '');
    if (unserved?.reason === 'places_taken') {
      return row.length > 0 && unserved.people > unserved.places ? undefined : 'reason_wrong';
    }
    return row.length === 0 ? undefined : 'reason_wrong';
  }

  /** Steps 1 and 2: the claims are the dual prices of serving people in waiting order. */
  #faultInClaims(mentee: number, row: Uint32Array): string | undefined {
    const { mateOf, claim, result } = this.#case;
    const { claims } = result.certificate;
    const mate = mateOf[mentee] as number;
    const own = claim[mentee] as number;
    const paid = mate < 0 ? own : (claims[mate] as number);
    if (paid > own) return 'served_out_of_turn';
    for (const pair of row) {
      if ((claims[mentorOf(pair)] as number) < paid) return 'served_set_not_best';
    }
    return undefined;
  }

  /** Steps 3 to 5 on the pairs that count. */
  #faultInPrices(mentee: number, row: Uint32Array): string | undefined {
    const { mateOf, claim, result } = this.#case;
    const { menteePrices, mentorPrices, loads } = result.certificate;
    const { lowest } = result.figures;
    if (!this.#inTask(mentee)) return this.#inCrowd.has(mentee) ? 'crowd_outside_the_task' : undefined;
    const mate = mateOf[mentee] as number;
    const price = menteePrices[mentee] as number;
    const load = mate >= 0 ? (loads[mate] as number) : (this.#benchLoad.get(claim[mentee] as number) ?? 0);
    const crowded = this.#inCrowd.has(mentee);
    for (const pair of row) {
      const mentor = mentorOf(pair);
      const score = scoreOf(pair);
      if (mentor === mate && score < lowest) return 'pair_below_lowest';
      if (score < lowest) continue;
      if (crowded && score > lowest) this.#crowdMentors.add(mentor);
      const slack = price + (mentorPrices[mentor] as number) - score;
      if (slack < 0) return 'total_not_highest';
      if (slack > 0 && mentor === mate) return 'pair_not_tight';
      if (slack === 0 && (loads[mentor] as number) < load) return 'load_not_even';
    }
    return undefined;
  }

  /** Step 3: the crowd has fewer places above the lowest score than people. */
  faultInCrowd(): string | undefined {
    const { result, claim, places } = this.#case;
    if (result.pairs.length === 0 || result.figures.lowest === 100) return undefined;
    const benches = new Set<number>();
    for (const mentee of this.#inCrowd) benches.add(claim[mentee] ?? 0);
    let room = 0;
    for (const bench of benches) room += this.#benchPlaces.get(bench) ?? 0;
    for (const mentor of this.#crowdMentors) room += places[mentor] as number;
    return room < this.#inCrowd.size ? undefined : 'lowest_not_highest';
  }

  #unservedById: Map<string, MatchResult['unserved'][number]> | undefined;

  #unserved(): Map<string, MatchResult['unserved'][number]> {
    this.#unservedById ??= new Map(this.#case.result.unserved.map((one) => [one.requestId, one]));
    return this.#unservedById;
  }
}
