// Sorting by small whole numbers in linear time.

type Keys = Int32Array | Uint32Array;

/** The indexes of the keys, which are 0 to `most`, by rising key; equals stay as they are in `order` (Seward 1954). */
export function byKey(keys: Keys, most: number, order?: Uint32Array): Uint32Array {
  const next = new Uint32Array(most + 2);
  for (let at = 0; at < keys.length; at++) (next[(keys[at] as number) + 1] as number)++;
  for (let key = 0; key < most; key++) next[key + 1] = (next[key + 1] as number) + (next[key] as number);
  const sorted = new Uint32Array(keys.length);
  for (let k = 0; k < keys.length; k++) {
    const at = order ? (order[k] as number) : k;
    sorted[(next[keys[at] as number] as number)++] = at;
  }
  return sorted;
}
