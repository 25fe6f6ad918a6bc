// Reading a posted form: strict zod schemas, so a field that is not ours is refused; messages are keys of sentences that
// say what to do ("forms:...").
import { z } from 'zod';
import { problemOfName } from '../../domain/chosen-name.ts';
import { isMailAddress } from '../../domain/mail-address.ts';

/** A form as typed, to fill it again. */
export type Raw = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Problem {
  readonly field: string;
  readonly message: string;
}

export type Reading<T> =
  | { readonly ok: true; readonly values: T; readonly raw: Raw }
  | { readonly ok: false; readonly raw: Raw; readonly problems: readonly Problem[] };

const unreadable = 'forms:unreadable';
/** "forms:name", "admin-form:issuer": the parser's own messages look otherwise. */
const sentence = /^[a-z-]+:[a-z_.]+$/u;

function rawOf(body: unknown): Raw {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    entries.filter(([name, value]) => {
      const isText =
        typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
      return isText && name !== '_csrf';
    }),
  );
}

/** One problem per field, in the order of the form. */
function problemsOf(error: z.ZodError): Problem[] {
  const byField = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = String(path[0] ?? '');
    // Whatever has no sentence of ours was not typed into our form.
    if (!byField.has(field)) byField.set(field, sentence.test(message) ? message : unreadable);
  }
  return [...byField].map(([field, message]) => ({ field, message }));
}

export function readForm<S extends z.ZodType>(schema: S, body: unknown): Reading<z.output<S>> {
  const raw = rawOf(body);
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { ok: true, values: parsed.data, raw };
  return { ok: false, raw, problems: problemsOf(parsed.error) };
}

/** Browsers send line ends as CRLF and count them as one character. */
const unix = (text: string): string => text.replace(/\r\n?/gu, '\n').trim();

export const text = (missing: string, most: number): z.ZodType<string> =>
  z.string(missing).transform(unix).pipe(z.string().min(1, missing).max(most, 'forms:too_long'));

const nameProblems = { characters: 'forms:name_characters', office: 'forms:name_office' } as const;

/** The name under which somebody is introduced. */
export const chosenName = text('forms:name', 120).superRefine((typed, context) => {
  const problem = problemOfName(typed);
  if (problem) context.addIssue({ code: 'custom', message: nameProblems[problem] });
});

export const optionalText = (most: number, tooLong = 'forms:too_long'): z.ZodType<string | undefined> =>
  z
    .string()
    .default('')
    .transform(unix)
    .pipe(z.string().max(most, tooLong))
    .transform((typed) => typed || undefined);

export const email = z.string('forms:email').trim().max(254, 'forms:email').refine(isMailAddress, 'forms:email');

/** A box that is ticked or not. */
export const box = z
  .literal('yes')
  .optional()
  .transform((ticked) => ticked === 'yes');

/** A box without which the form makes no sense. */
export const agreement = (message: string): z.ZodType<'yes'> => z.literal('yes', message);

export const one = <const T extends readonly string[]>(codes: T, missing: string): z.ZodType<T[number]> =>
  z.enum(codes, missing);

/** A choice that may stay open: an empty value is none. */
export const maybeOne = <const T extends readonly string[]>(codes: T): z.ZodType<T[number] | undefined> =>
  z.preprocess((value) => (value === '' ? undefined : value), z.enum(codes).optional());

/** A group of boxes: none, one or many; each at most once. */
export const many = <const T extends readonly string[]>(codes: T): z.ZodType<T[number][]> =>
  z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.enum(codes)).transform((chosen) => [...new Set(chosen)]),
  );

/** A real day of the calendar, YYYY-MM-DD; empty is none. */
export const maybeDay = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.iso.date('forms:date').optional(),
) as z.ZodType<string | undefined>;

/** A secret of a letter's link: 256 bits in base64url. */
export const linkToken = /^[\w-]{43}$/u;

/** Pasted as the whole link or as its code. */
export const linkCode = (missing: `forms:${string}`): z.ZodType<string> =>
  text(missing, 500)
    .transform((typed) => typed.split('/').at(-1) ?? '')
    .pipe(z.string().regex(linkToken, missing));

/** Addresses, one per line; at most `most`. */
export const addresses = (most: number): z.ZodType<string[]> =>
  z
    .string()
    .default('')
    .transform((typed) => typed.split(/[\s,;]+/u).filter((line) => line !== ''))
    .pipe(z.array(email.pipe(z.string('forms:addresses'))).max(most, 'forms:too_many_addresses'));
