// Texts by number: each is looked up once, and compared as a number from then on.

/** Numbers 0, 1, 2... in the order in which texts first come. */
export class Texts {
  /** In place of a number, for a text that has not come. */
  static readonly none = -1;
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();
  #isClosed = false;

  number(text: string): number {
    const known = this.find(text);
    if (known !== Texts.none || this.#isClosed) return known;
    this.#numbers.set(text, this.all.length);
    return this.all.push(text) - 1;
  }

  /** The number, if the text has come. */
  find(text: string): number {
    return this.#numbers.get(text) ?? Texts.none;
  }

  /** From now on nothing is added: what comes new has no number. */
  close(): void {
    this.#isClosed = true;
  }
}
