// Who must never be paired whatever else fits: the same person, ties in both directions, earlier proposals.
import type { MatchMentee, MatchMentor, ProposedPair } from './types.ts';
import { clearBit } from './week.ts';

/** The mentors under a key: those who are it, or those who name it. Chained, since most keys have one mentor. */
class Lists {
  readonly #last = new Map<string, number>();
  readonly #mentors: number[] = [];
  readonly #before: number[] = [];

  add(key: string, mentor: number): void {
    const entry = this.#mentors.push(mentor) - 1;
    this.#before.push(this.#last.get(key) ?? -1);
    this.#last.set(key, entry);
  }

  clear(from: Uint32Array, key: string): void {
    if (this.#mentors.length === 0) return;
    for (let entry = this.#last.get(key) ?? -1; entry >= 0; entry = this.#before[entry] as number) {
      clearBit(from, this.#mentors[entry] as number);
    }
  }
}

/** Building: linear in what the mentors declared. One mentee: linear in their own ties and in the mentors excluded. */
export class Exclusions {
  readonly #people = new Lists();
  readonly #selves = new Lists();
  readonly #naming = new Lists();
  readonly #teams = new Lists();
  readonly #proposed = new Map<string, string[]>();

  constructor(proposedBefore: readonly ProposedPair[]) {
    for (const { one, other } of proposedBefore) {
      this.#propose(one, other);
      this.#propose(other, one);
    }
  }

  add({ personId, ties }: MatchMentor, at: number): void {
    this.#people.add(personId, at);
    for (const hash of ties.self) this.#selves.add(hash, at);
    for (const hash of ties.supervisors) this.#naming.add(hash, at);
    for (const hash of ties.avoid) this.#naming.add(hash, at);
    if (ties.team !== undefined) this.#teams.add(ties.team, at);
  }

  /** Ties as tieBetween sees them. */
  clear({ personId, ties }: MatchMentee, from: Uint32Array): void {
    this.#people.clear(from, personId);
    if (ties.team !== undefined) this.#teams.clear(from, ties.team);
    for (const hash of ties.self) this.#naming.clear(from, hash);
    for (const hash of ties.supervisors) this.#selves.clear(from, hash);
    for (const hash of ties.avoid) this.#selves.clear(from, hash);
    const others = this.#proposed.get(personId);
    if (others) for (const other of others) this.#people.clear(from, other);
  }

  #propose(person: string, other: string): void {
    const others = this.#proposed.get(person);
    if (others) others.push(other);
    else this.#proposed.set(person, [other]);
  }
}
