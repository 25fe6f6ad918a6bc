// Whom a mentee must never be paired with whatever else fits: the same person, ties in both directions but for teams,
// earlier proposals.
import type { MatchMentee, MatchMentor, ProposedPair } from './types.ts';

/** The mentors under a text: those who are it, or those who name it. Chained, since most texts have one mentor. */
class Lists {
  readonly #last = new Map<string, number>();
  readonly #mentors: number[] = [];
  readonly #before: number[] = [];

  add(text: string, mentor: number): void {
    const entry = this.#mentors.push(mentor) - 1;
    this.#before.push(this.#last.get(text) ?? -1);
    this.#last.set(text, entry);
  }

  addTo(some: number[], text: string): void {
    if (this.#mentors.length === 0) return;
    for (let entry = this.#last.get(text) ?? -1; entry >= 0; entry = this.#before[entry] as number) {
      some.push(this.#mentors[entry] as number);
    }
  }
}

/** Linear in what the mentors declared. */
export class Exclusions {
  readonly #people = new Lists();
  readonly #selves = new Lists();
  readonly #naming = new Lists();
  readonly #proposed = new Map<string, string[]>();

  constructor(proposedBefore: readonly ProposedPair[]) {
    for (const { one, other } of proposedBefore) {
      this.#propose(one, other);
      this.#propose(other, one);
    }
  }

  /** A mentor, known by an index from now on. */
  add({ personId, ties }: MatchMentor, mentor: number): void {
    this.#people.add(personId, mentor);
    for (let k = 0; k < ties.self.length; k++) this.#selves.add(ties.self[k] as string, mentor);
    for (let k = 0; k < ties.supervisors.length; k++) this.#naming.add(ties.supervisors[k] as string, mentor);
    for (let k = 0; k < ties.avoid.length; k++) this.#naming.add(ties.avoid[k] as string, mentor);
  }

  /** Adds the mentors a mentee is not for, as tieBetween sees it. Linear in the mentee's ties and in these mentors. */
  addTo(some: number[], { personId, ties }: MatchMentee): void {
    this.#people.addTo(some, personId);
    for (let k = 0; k < ties.self.length; k++) {
      this.#selves.addTo(some, ties.self[k] as string);
      this.#naming.addTo(some, ties.self[k] as string);
    }
    for (let k = 0; k < ties.supervisors.length; k++) this.#selves.addTo(some, ties.supervisors[k] as string);
    for (let k = 0; k < ties.avoid.length; k++) this.#selves.addTo(some, ties.avoid[k] as string);
    if (this.#proposed.size === 0) return;
    for (const other of this.#proposed.get(personId) ?? []) this.#people.addTo(some, other);
  }

  #propose(person: string, other: string): void {
    const others = this.#proposed.get(person);
    if (others) others.push(other);
    else this.#proposed.set(person, [other]);
  }
}
