// The only chance in the matching: a small generator whose whole state is the stored seed.

/**
 * Uniform unsigned 32-bit integers: a Weyl sequence with the finaliser of MurmurHash3 (Steele, Lea, Flood 2014,
 * "Fast splittable pseudorandom number generators", in its 32-bit form). Integer arithmetic only: same on every machine.
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

/** The numbers 0 to count - 1, shuffled (Fisher-Yates; Durstenfeld 1964). Linear. */
export function shuffledNumbers(count: number, random: () => number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let at = 0; at < count; at++) numbers[at] = at;
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor((random() / 2 ** 32) * (last + 1));
    const number = numbers[last] as number;
    numbers[last] = numbers[other] as number;
    numbers[other] = number;
  }
  return numbers;
}

/** A shuffled copy. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return Array.from(shuffledNumbers(items.length, random), (at) => items[at] as T);
}
