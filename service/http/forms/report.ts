// The coordinator's two buttons: see what a matching run would do, or start it.
import { z } from 'zod';
import { one } from './form.ts';

/** run: made with the page, so that a form sent twice starts one run only. */
export const matchForm = z.strictObject({
  act: one(['preview', 'start'], 'forms:unreadable'),
  run: z.string().regex(/^[\w-]{1,64}$/u),
});
