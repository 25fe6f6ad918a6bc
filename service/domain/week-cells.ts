// A week as its half-hours: what the editor paints and what windows overlap in. Each half-hour holds the ways to meet, as bits.
import { slotsPerDay, slotsPerWeek, type WeeklyWindow } from './availability.ts';
import { modalities, type Modality } from './terms.ts';

/** 0: not free. all: free in whatever way the person meets. Otherwise a bit for each modality. */
export type Cells = Uint8Array;

const all = (1 << modalities.length) - 1;

export function maskOf(ways: readonly Modality[] = modalities): number {
  return ways.reduce((mask, way) => mask | (1 << modalities.indexOf(way)), 0);
}

/** Windows that overlap are free in the ways of both. */
export function cellsOf(windows: readonly WeeklyWindow[]): Cells {
  const cells = new Uint8Array(slotsPerWeek);
  for (const { weekday, from, to, modalities: ways } of windows) {
    const day = (weekday - 1) * slotsPerDay;
    for (let slot = day + from / 30; slot < day + to / 30; slot++) cells[slot] = (cells[slot] as number) | maskOf(ways);
  }
  return cells;
}

/** The fewest windows that say the same, in the order of the week. */
export function windowsOf(cells: Cells): WeeklyWindow[] {
  const windows: WeeklyWindow[] = [];
  for (let slot = 0; slot < slotsPerWeek;) {
    const mask = cells[slot] as number;
    const day = Math.floor(slot / slotsPerDay);
    let end = slot + 1;
    while (end < (day + 1) * slotsPerDay && cells[end] === mask) end++;
    if (mask !== 0) {
      const ways = mask === all ? {} : { modalities: modalities.filter((_, at) => (mask >> at) & 1) };
      windows.push({ weekday: day + 1, from: (slot % slotsPerDay) * 30, to: (end - day * slotsPerDay) * 30, ...ways });
    }
    slot = end;
  }
  return windows;
}

/** What windows say of somebody who meets in these ways: one that is meant for other ways only is gone. */
export function windowsFor(windows: readonly WeeklyWindow[], ways: readonly Modality[]): WeeklyWindow[] {
  const own = windows.flatMap(({ modalities: some = ways, ...window }): WeeklyWindow[] => {
    const left = some.filter((way) => ways.includes(way));
    if (left.length === 0) return [];
    return [left.length === ways.length ? window : { ...window, modalities: left }];
  });
  return windowsOf(cellsOf(own));
}

/** The windows in which no meeting of so many half-hours fits, also with what touches them, past midnight as well. */
export function tooShort(windows: readonly WeeklyWindow[], halfHours: number): WeeklyWindow[] {
  const cells = cellsOf(windows);
  return windows.filter(({ weekday, from, to, modalities: ways }) => {
    const [first, end] = [from / 30, to / 30].map((at) => (weekday - 1) * slotsPerDay + at) as [number, number];
    return !modalities.some(
      (_, at) => ((maskOf(ways) >> at) & 1) === 1 && runAround(cells, { first, end, way: 1 << at }) >= halfHours,
    );
  });
}

/** Half-hours without a break around a window in one way. */
function runAround(cells: Cells, { first, end, way }: { first: number; end: number; way: number }): number {
  const isFree = (slot: number): boolean => ((cells[(slot + slotsPerWeek) % slotsPerWeek] as number) & way) !== 0;
  let [from, to] = [first, end];
  while (to - from < slotsPerWeek && isFree(from - 1)) from--;
  while (to - from < slotsPerWeek && isFree(to)) to++;
  return to - from;
}
