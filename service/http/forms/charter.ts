// Signing the charter: a name, an address, and a clear yes.
import { z } from 'zod';
import { agreement, chosenName, email } from './form.ts';

export const charterForm = z.strictObject({
  name: chosenName,
  email,
  /** The version that was on the screen. */
  version: z.string().max(20),
  agree: agreement('forms:agree'),
});
