// Names that people read aloud or write by hand: letters that are not taken for one another, and no vowels, so that they
// spell nothing.
import { randomInt } from 'node:crypto';

const letters = 'BCDFGHJKLMNPQRSTVWXZ';

export function drawLetters(length: number): string {
  return Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');
}
