// The input's fingerprint: two inputs that mean the same, in whatever order they are listed, have the same one.
import { canonical } from './canonical.ts';
import { Digest } from './digest.ts';
import { menteeColumns, mentorColumns, realColumns } from './people.ts';
import type { Said } from './people.ts';
import { whatTheySay } from './reader.ts';
import type { MatchInput } from './types.ts';

/** Sorts the people, then linear in what they say. */
export function fingerprint(input: MatchInput): string {
  const sorted = canonical(input);
  return fingerprintOf(sorted, whatTheySay(sorted));
}

/** The same for an input that is already in its canonical order, and what it says. */
export function fingerprintOf(input: MatchInput, { mentees, mentors, speeches, texts }: Said): string {
  const digest = new Digest();
  digest.text(JSON.stringify(sortedKeys(input.rules))).text(texts);
  for (const name of menteeColumns) digest.numbers(mentees[name]);
  for (const name of realColumns) digest.reals(mentees[name]);
  for (const name of mentorColumns) digest.numbers(mentors[name]);
  // What the numbers stand for, as they came: the people are in an order of their own, so these are too.
  digest.numbers(mentees.weeks.all()).numbers(mentors.weeks.all()).numbers(speeches.orders);
  digest.numbers(mentees.weeks.kinds.counts);
  const before = input.proposedBefore.map(({ one, other }) => JSON.stringify([one, other].sort()));
  digest.texts([...new Set(before)].sort());
  return digest.hex();
}

function sortedKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]));
}
