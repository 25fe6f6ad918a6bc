// One line of a kind in half a minute: what comes again meanwhile is counted, and the count stands in the next line.

export interface Throttle {
  /** @returns how many of this kind were held back since the last line, or undefined when this one is held back too */
  pass(kind: string): number | undefined;
}

const quietMs = 30_000;
const mostKinds = 500;

/** now: milliseconds of real time, whatever the programme's clock says; the log is read by people who live there. */
export function createThrottle(now: () => number = () => performance.now()): Throttle {
  const kinds = new Map<string, { until: number; held: number }>();
  return {
    pass(kind) {
      const known = kinds.get(kind);
      if (known && now() < known.until) {
        known.held += 1;
        return undefined;
      }
      if (kinds.size >= mostKinds) kinds.clear();
      kinds.set(kind, { until: now() + quietMs, held: 0 });
      return known?.held ?? 0;
    },
  };
}
