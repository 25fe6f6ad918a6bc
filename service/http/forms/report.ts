// The coordinator's two buttons, see what a matching run would do or start it, and the address of a run's page.
import { z } from 'zod';
import { one } from './form.ts';

/** run: made with the page, so that a form sent twice starts one run only. */
export const matchForm = z.strictObject({
  act: one(['preview', 'start'], 'forms:unreadable'),
  run: z.string().regex(/^[\w-]{1,64}$/u),
});

/** The last part of a run's address as the run's key, whose first space is a dash there. */
export const runKey = z
  .string()
  .regex(/^(?:demand|regular|wish)-[\w:.-]{1,80}$/u)
  .transform((part) => part.replace('-', ' '));
