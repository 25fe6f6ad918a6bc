// Who holds which place at present: the matching itself, and the one way it is changed.

/**
 * Places of all mentors in one row, those of one mentor side by side, the used ones first. Changing along a path of k
 * mentors takes k steps (augmenting paths: Berge 1957, Kuhn 1955).
 */
export class Seats {
  /** Per mentor the first place; one more entry marks the end. */
  readonly start: Uint32Array;
  /** Per mentor how many places are held, and how many are not. */
  readonly used: Int32Array;
  readonly free: Int32Array;
  /** Per place the mentee who holds it, or -1; per mentee the place held, or -1. */
  readonly holder: Int32Array;
  readonly seat: Int32Array;
  readonly #mentorAt: Uint32Array;

  constructor(mentees: number, places: Int32Array) {
    this.start = new Uint32Array(places.length + 1);
    for (let mentor = 0; mentor < places.length; mentor++) {
      this.start[mentor + 1] = (this.start[mentor] as number) + (places[mentor] as number);
    }
    const all = this.start[places.length] as number;
    this.used = new Int32Array(places.length);
    this.free = places.slice();
    this.holder = new Int32Array(all).fill(-1);
    this.seat = new Int32Array(mentees).fill(-1);
    this.#mentorAt = new Uint32Array(all);
    for (let mentor = 0, place = 0; mentor < places.length; mentor++) {
      for (const end = this.start[mentor + 1] as number; place < end; place++) this.#mentorAt[place] = mentor;
    }
  }

  get mentors(): number {
    return this.used.length;
  }

  /** The mentor of a mentee, or -1. */
  mentorOf(mentee: number): number {
    const seat = this.seat[mentee] as number;
    return seat < 0 ? -1 : (this.#mentorAt[seat] as number);
  }

  /** The mentees of a mentor; valid until the next shift. */
  holdersOf(mentor: number): Int32Array {
    const start = this.start[mentor] as number;
    return this.holder.subarray(start, start + (this.used[mentor] as number));
  }

  /** Gives a free place of a mentor to a mentee who has none. */
  take(mentee: number, mentor: number): void {
    const place = (this.start[mentor] as number) + (this.used[mentor] as number);
    (this.used[mentor] as number)++;
    (this.free[mentor] as number)--;
    this.seat[mentee] = place;
    this.holder[place] = mentee;
  }

  /** Gives the place of a mentee to one who has none. */
  replace(mentee: number, newcomer: number): void {
    const place = this.seat[mentee] as number;
    this.seat[mentee] = -1;
    this.seat[newcomer] = place;
    this.holder[place] = newcomer;
  }

  /**
   * Moves everybody along a path found by a search. via: per mentor on the path the mentee who comes to it. `last` has
   * a free place. The path begins with a mentee without a place, or at the mentor `origin`, who loses one mentee.
   */
  shift(via: Int32Array, last: number, origin = -1): void {
    let mentor = last;
    let place = (this.start[mentor] as number) + (this.used[mentor] as number);
    (this.used[mentor] as number)++;
    (this.free[mentor] as number)--;
    for (;;) {
      const mentee = via[mentor] as number;
      const left = this.seat[mentee] as number;
      this.seat[mentee] = place;
      this.holder[place] = mentee;
      if (left < 0) return;
      mentor = this.#mentorAt[left] as number;
      place = left;
      if (mentor === origin) break;
    }
    this.#close(mentor, place);
  }

  /** Keeps the used places of a mentor side by side after one of them was left. */
  #close(mentor: number, place: number): void {
    (this.used[mentor] as number)--;
    (this.free[mentor] as number)++;
    const last = (this.start[mentor] as number) + (this.used[mentor] as number);
    const moved = this.holder[last] as number;
    this.holder[last] = -1;
    if (last === place) return;
    this.holder[place] = moved;
    this.seat[moved] = place;
  }
}
