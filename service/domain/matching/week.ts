// A person's week as bits: one per half-hour, Monday 00:00 first; what the matching asks of it is where a full hour starts.
import { slotsPerDay, slotsPerWeek } from '../availability.ts';

/** Words of 32 bits that hold a week; a few bits are left over. */
export const weekWords = Math.ceil(slotsPerWeek / 32);
/** An hour never runs into the next day. */
const lastOfDay = new Uint32Array(weekWords);
for (let slot = slotsPerDay - 1; slot < slotsPerWeek; slot += slotsPerDay) setBit(lastOfDay, slot);

/** A bit for each slot. */
function slotBits(slots: readonly number[], into: Uint32Array): void {
  into.fill(0);
  for (let k = 0; k < slots.length; k++) setBit(into, slots[k] as number);
}

/** The half-hours at which a full hour starts, as hourStarts gives them. About as many steps as slots. */
export function hourStartBits(slots: readonly number[], into: Uint32Array = new Uint32Array(weekWords)): Uint32Array {
  slotBits(slots, into);
  for (let w = 0; w < weekWords; w++) {
    const following = ((into[w] as number) >>> 1) | ((w + 1 < weekWords ? (into[w + 1] as number) : 0) << 31);
    into[w] = (into[w] as number) & following & ~(lastOfDay[w] as number);
  }
  return into;
}

/** The slots of a week's bits, ascending. */
export function slotsIn(bits: Uint32Array): number[] {
  const slots: number[] = [];
  for (let w = 0; w < weekWords; w++) {
    for (let left = (bits[w] as number) | 0; left !== 0; left &= left - 1) {
      slots.push((w << 5) | (31 - Math.clz32(left & -left)));
    }
  }
  return slots;
}

/** starts: half-hours at which a common hour can start. hours: the time these hours cover together. */
export interface MeetingTime {
  readonly starts: number;
  readonly hours: number;
}

const [ones, others] = [new Uint32Array(weekWords), new Uint32Array(weekWords)];

/** When two people have hours in common, from their slots. */
export function meetingTime(one: readonly number[], other: readonly number[]): MeetingTime {
  hourStartBits(one, ones);
  hourStartBits(other, others);
  for (let w = 0; w < weekWords; w++) ones[w] = (ones[w] as number) & (others[w] as number);
  return hoursFrom(ones);
}

/** The same from the common starts. */
export function hoursFrom(common: Uint32Array): MeetingTime {
  let starts = 0;
  let covered = 0;
  let carried = 0;
  for (let w = 0; w < weekWords; w++) {
    const here = common[w] as number;
    if ((here | carried) === 0) continue;
    starts += bitCount(here);
    covered += bitCount(here | (here << 1) | carried);
    carried = here >>> 31;
  }
  return { starts, hours: covered / 2 };
}

/** Bits set in a 32-bit word (in parallel, HAKMEM 1972, item 169). */
export function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function setBit(bits: Uint32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] as number) | (1 << (at & 31));
}

export function hasBit(bits: Uint32Array, at: number): boolean {
  return (((bits[at >>> 5] as number) >>> (at & 31)) & 1) === 1;
}

export function clearBit(bits: Uint32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] as number) & ~(1 << (at & 31));
}
