// A person's weeks as bits: one per half-hour from the beginning of a week, set where a meeting with them may start; once for
// each way to meet, where there are several.
import { slotsPerWeek } from '../availability.ts';

/** Words of 32 bits that hold a week in one way; a few bits are left over. */
export const weekWords = Math.ceil(slotsPerWeek / 32);

/** Modalities times lengths of a meeting. */
export const mostWays = 6;

/** For each week that is looked at, where a meeting may start, as in MatchPerson. */
export type Starts = readonly (readonly number[])[];

/** How many ways there are in which somebody may meet in a week; its starts ascend. */
export function waysIn(starts: readonly number[]): number {
  return Math.floor((starts.at(-1) ?? 0) / slotsPerWeek) + 1;
}

/** Sets a bit for each start of a week, way after way, from word `from` on. What is said of further ways is left out. */
export function setStarts(
  starts: readonly number[],
  into: Uint32Array,
  { from, ways }: { readonly from: number; readonly ways: number },
): void {
  let first = from << 5;
  let end = slotsPerWeek;
  for (let k = 0; k < starts.length; k++) {
    const start = starts[k] as number;
    while (start >= end) {
      first += 32 * weekWords - slotsPerWeek;
      end += slotsPerWeek;
    }
    if (end > ways * slotsPerWeek) return;
    setBit(into, first + start);
  }
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

/**
 * What two people have in common in a week, on average of the weeks that are looked at. starts: half-hours at which they can
 * begin to meet. hours: the time that hours from there cover together.
 */
export interface MeetingTime {
  readonly starts: number;
  readonly hours: number;
}

/** When two people can meet. Both have as many weeks. */
export function meetingTime(one: Starts, other: Starts): MeetingTime {
  let starts = 0;
  let hours = 0;
  let week: MeetingTime = { starts: 0, hours: 0 };
  for (let at = 0; at < one.length; at++) {
    // Most weeks are one and the same list as the week before.
    if (at === 0 || one[at] !== one[at - 1] || other[at] !== other[at - 1]) week = inOneWeek(one[at], other[at]);
    starts += week.starts;
    hours += week.hours;
  }
  return { starts: starts / Math.max(1, one.length), hours: hours / Math.max(1, one.length) };
}

const [ones, others, together] = [roomForAll(), roomForAll(), new Uint32Array(weekWords)];

function roomForAll(): Uint32Array {
  return new Uint32Array(mostWays * weekWords);
}

function inOneWeek(one: readonly number[] = [], other: readonly number[] = []): MeetingTime {
  const ways = Math.min(waysIn(one), waysIn(other));
  const end = ways * weekWords;
  setStarts(one, ones.fill(0, 0, end), { from: 0, ways });
  setStarts(other, others.fill(0, 0, end), { from: 0, ways });
  together.fill(0);
  for (let w = 0; w < end; w++) {
    const at = w % weekWords;
    together[at] = (together[at] as number) | ((ones[w] as number) & (others[w] as number));
  }
  return hoursFrom(together);
}

/** The weeks of somebody without the ways in which another does not meet at all that week. */
export function startsInWaysOf(one: Starts, other: Starts): Starts {
  return one.map((starts, week) => {
    const ways = new Set(other[week]?.map((start) => Math.floor(start / slotsPerWeek)));
    return starts.filter((start) => ways.has(Math.floor(start / slotsPerWeek)));
  });
}

/** The same from the common starts of one week. */
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
