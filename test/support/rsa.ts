// RSA keys for the tests of a worker: making one takes a tenth of a second and more, and no test is about its numbers.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface RsaPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** More than any one test holds at a time. */
const distinct = 10;
const made: RsaPair[] = [];
let taken = 0;

/** Another pair than the nine before it. */
export function rsaPair(): RsaPair {
  const pair = made[taken % distinct] ?? generateKeyPairSync('rsa', { modulusLength: 2048 });
  made[taken % distinct] = pair;
  taken += 1;
  return pair;
}
