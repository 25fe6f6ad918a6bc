// A form that shows what is stored says how often that had been saved: so one that was overtaken is known.

const age = /^\d{1,9}$/u;

/** The form without its age, and the age; undefined where the page was made by an earlier version. */
export function splitSeen(body: unknown): { readonly body: unknown; readonly seen?: number } {
  if (typeof body !== 'object' || body === null || !('seen' in body)) return { body };
  const { seen, ...rest } = body;
  return typeof seen === 'string' && age.test(seen) ? { body: rest, seen: Number(seen) } : { body: rest };
}
