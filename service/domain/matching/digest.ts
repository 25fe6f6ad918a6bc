// 128 bits that stand for whatever was put in, in order. Identity, not security.

/** Four 32-bit lanes, each step mixed into all of them (multiplications and shifts of MurmurHash3_x86_128, Appleby 2011). */
export class Digest {
  #a = 0x9e3779b9 | 0;
  #b = 0x85ebca6b | 0;
  #c = 0xc2b2ae35 | 0;
  #d = 0x27d4eb2f | 0;

  number(value: number): this {
    let k = Math.imul(value | 0, 0x239b961b);
    k = Math.imul((k << 15) | (k >>> 17), 0xab0e9789);
    const a = Math.imul(this.#a ^ k, 0x561ccd1b);
    const b = Math.imul((this.#b + k) ^ (a >>> 15), 0x0bcaa747);
    const c = Math.imul((this.#c ^ ((k << 16) | (k >>> 16))) + (b >>> 13), 0x96cd1c35);
    this.#d = Math.imul((this.#d + ((k << 8) | (k >>> 24))) ^ (c >>> 16), 0x32ac3b17);
    [this.#a, this.#b, this.#c] = [a + (this.#d >>> 17), b, c];
    return this;
  }

  /** Two characters a step, then the length. */
  text(value: string): this {
    const { length } = value;
    for (let at = 0; at < length; at += 2) {
      const second = at + 1 < length ? value.charCodeAt(at + 1) : 0;
      this.number(value.charCodeAt(at) | (second << 16));
    }
    return this.number(-1 - length);
  }

  texts(values: readonly string[]): this {
    for (let at = 0; at < values.length; at++) this.text(values[at] as string);
    return this.number(-1 - values.length);
  }

  /** 32 hexadecimal digits. */
  hex(): string {
    // Eight more steps carry the last number into every bit of every lane.
    for (let round = 0; round < 8; round++) this.number(round);
    const lanes = [this.#a, this.#b, this.#c, this.#d];
    return lanes.map((lane) => (finish(lane) >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

function finish(lane: number): number {
  let h = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
