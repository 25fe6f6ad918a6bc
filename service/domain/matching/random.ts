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

/** A shuffled copy (Fisher-Yates; Durstenfeld 1964). Linear. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = Math.floor((random() / 2 ** 32) * (last + 1));
    const item = copy[last] as T;
    copy[last] = copy[other] as T;
    copy[other] = item;
  }
  return copy;
}
