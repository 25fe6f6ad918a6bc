// Who holds which place at present: the matching itself, and the one way it is changed.

/**
 * Places of all mentors in one row, those of one mentor side by side, the used ones first. Changing along a path of k
 * mentors takes k steps (augmenting paths: Berge 1957, Kuhn 1955).
 */
export class Seats {
  /** Per mentor the first place; one more entry marks the end. */
  readonly start: Uint32Array;
  /** Per mentor how many places are held. */
  readonly used: Uint32Array;
  /** Per place the mentor it belongs to, and the mentee who holds it, or -1. */
  readonly mentorAt: Uint32Array;
  readonly holder: Int32Array;
  /** Per mentee the place held, or -1. */
  readonly seat: Int32Array;

  constructor(mentees: number, places: readonly number[]) {
    this.start = new Uint32Array(places.length + 1);
    places.forEach((count, mentor) => (this.start[mentor + 1] = (this.start[mentor] as number) + count));
    const all = this.start[places.length] as number;
    this.used = new Uint32Array(places.length);
    this.mentorAt = new Uint32Array(all);
    places.forEach((_, mentor) => this.mentorAt.fill(mentor, this.start[mentor], this.start[mentor + 1]));
    this.holder = new Int32Array(all).fill(-1);
    this.seat = new Int32Array(mentees).fill(-1);
  }

  get mentors(): number {
    return this.used.length;
  }

  hasFree(mentor: number): boolean {
    return (this.start[mentor] as number) + (this.used[mentor] as number) < (this.start[mentor + 1] as number);
  }

  /** The mentor of a mentee, or -1. */
  mentorOf(mentee: number): number {
    const seat = this.seat[mentee] as number;
    return seat < 0 ? -1 : (this.mentorAt[seat] as number);
  }

  /**
   * Moves everybody along a path found by a search. via: per mentor on the path the mentee who comes to it. `last` has
   * a free place. Returns the mentor from whom a place was taken at the start of the path, or -1 for a newcomer.
   */
  shift(via: Int32Array, last: number, origin = -1): number {
    let mentor = last;
    let place = (this.start[mentor] as number) + (this.used[mentor] as number);
    (this.used[mentor] as number)++;
    for (;;) {
      const mentee = via[mentor] as number;
      const left = this.seat[mentee] as number;
      this.seat[mentee] = place;
      this.holder[place] = mentee;
      if (left < 0) return -1;
      mentor = this.mentorAt[left] as number;
      place = left;
      if (mentor === origin) break;
    }
    this.#close(mentor, place);
    return mentor;
  }

  /** The mentees of a mentor. */
  holdersOf(mentor: number): Int32Array {
    const start = this.start[mentor] as number;
    return this.holder.subarray(start, start + (this.used[mentor] as number));
  }

  /** Keeps the used places of a mentor side by side after one of them was left. */
  #close(mentor: number, place: number): void {
    const last = (this.start[mentor] as number) + (this.used[mentor] as number) - 1;
    const moved = this.holder[last] as number;
    this.holder[last] = -1;
    if (last !== place) {
      this.holder[place] = moved;
      this.seat[moved] = place;
    }
    (this.used[mentor] as number)--;
  }
}
