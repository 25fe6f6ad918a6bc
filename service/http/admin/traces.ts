// To what a form of administration is done, as the audit trail may keep it: ids and codes of ours, never what was typed.
import type { AdminVisit } from './visit.ts';

/** As the door draws the ids of platforms. */
const platformId = /^[\w-]{16}$/u;

export function platformAsked({ params }: AdminVisit): string | undefined {
  return platformId.test(params['id'] ?? '') ? params['id'] : undefined;
}

export function labAsked({ body, labs }: AdminVisit): string | undefined {
  const lab = (body as { readonly lab?: unknown } | undefined)?.lab;
  return labs.find(({ id }) => id === lab)?.id;
}
