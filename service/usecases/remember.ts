// What follows from little and is asked for hundreds of times in one batch is computed once.

/** The same function, computed once for each key; to be made anew wherever time has passed. */
export function remembering<A, T>(keyOf: (about: A) => string, compute: (about: A) => T): (about: A) => T {
  const known = new Map<string, T>();
  return (about) => {
    const key = keyOf(about);
    const value = known.get(key) ?? compute(about);
    known.set(key, value);
    return value;
  };
}
