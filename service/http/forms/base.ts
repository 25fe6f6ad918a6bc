// A form that keeps what others save: it carries what it was shown with, so that only what its reader changed is changed.
import type { Raw } from './form.ts';

/** A form of a week and an offer takes some two kilobytes. */
const longest = 20_000;

export interface Split {
  readonly body: unknown;
  readonly base?: unknown;
}

/**
 * The form without what it was shown with, and that by itself: undefined where the page was made by an earlier version, null
 * where it cannot be read.
 */
export function splitBase(body: unknown): Split {
  if (typeof body !== 'object' || body === null || !('base' in body)) return { body };
  const { base, ...rest } = body;
  if (typeof base !== 'string' || base.length > longest) return { body: rest, base: null };
  try {
    return { body: rest, base: JSON.parse(base) as unknown };
  } catch {
    return { body: rest, base: null };
  }
}

export function baseOf(raw: Raw): string {
  return JSON.stringify(raw);
}
