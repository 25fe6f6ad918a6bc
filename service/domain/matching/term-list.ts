// A closed list of terms as numbers: a bit for each term of a set, a digit for each term of a list whose order counts.

/** A list of terms. Digits are 1 for its first term and so on; in an order the dearest stands in the lowest digit. */
export class TermList<T extends string> {
  readonly terms: readonly T[];
  /** Bits of a digit. */
  readonly width: number;
  /** Digits by slot, 0 where there is no term; and what makes the slots of all terms differ. */
  readonly #digits = new Uint8Array(slots);
  readonly #factor: number;

  constructor(terms: readonly T[]) {
    this.terms = terms;
    this.width = 32 - Math.clz32(terms.length);
    this.#factor = separating(terms);
    for (let at = 0; at < terms.length; at++) this.#digits[slotOf(terms[at] as T, this.#factor)] = at + 1;
  }

  /** @throws RangeError for what is no term of the list */
  digit(term: T): number {
    const digit = this.#digits[slotOf(term, this.#factor)] as number;
    if (this.terms[digit - 1] !== term) throw new RangeError('a term that is on no list');
    return digit;
  }

  /** Bit k for the term with digit k + 1. */
  mask(said: readonly T[]): number {
    let mask = 0;
    for (let k = 0; k < said.length; k++) mask |= 1 << (this.digit(said[k] as T) - 1);
    return mask;
  }

  /** Digits of the terms from rank `from` on, as many as fit 32 bits. */
  order(said: readonly T[], from = 0): number {
    let order = 0;
    for (let k = from, shift = 0; k < said.length && shift + this.width <= 32; k++, shift += this.width) {
      order |= this.digit(said[k] as T) << shift;
    }
    return order;
  }

  /** The place in the list of the dearest term of an order; what is left of the order is order >>> width. */
  dearest(order: number): number {
    return (order & ((1 << this.width) - 1)) - 1;
  }

  /** The terms of an order as a mask. */
  maskIn(order: number): number {
    let mask = 0;
    for (let left = order; left !== 0; left >>>= this.width) mask |= 1 << this.dearest(left);
    return mask;
  }

  /** The terms of a mask, in the order of the list. */
  inMask(mask: number): T[] {
    return this.terms.filter((_, at) => ((mask >>> at) & 1) === 1);
  }

  /** The terms of an order. */
  inOrder(order: number): T[] {
    const said: T[] = [];
    for (let left = order; left !== 0; left >>>= this.width) said.push(this.terms[this.dearest(left)] as T);
    return said;
  }
}

/** Terms are told apart by their length and two characters: half the time of a look into a map, for a run's 200,000 terms. */
const slots = 256;
const mostTried = 2 ** 16;

function slotOf(term: string, factor: number): number {
  const { length } = term;
  const sum = Math.imul(Math.imul(length, factor) + term.charCodeAt(0), factor) + term.charCodeAt(length - 1);
  return (Math.imul(sum, factor) >>> 8) & (slots - 1);
}

/** The first odd factor that gives each term a slot of its own. @throws RangeError where there is none */
function separating(terms: readonly string[]): number {
  for (let factor = 1; factor < mostTried; factor += 2) {
    if (new Set(terms.map((term) => slotOf(term, factor))).size === terms.length) return factor;
  }
  throw new RangeError('terms that look too much alike');
}
