// Asking for a coordinator, and writing in a case, from either side.
import { z } from 'zod';
import { caseMessageLength } from '../../domain/case.ts';
import { optionalText, text } from './form.ts';

/** Made with the page, so that a form sent twice is done once. */
const made = z.string().regex(/^[\w-]{1,64}$/u);

const lab = z.string('forms:case_lab').regex(/^[a-z][a-z0-9-]{1,30}$/u, 'forms:case_lab');

export const askForm = z.strictObject({
  attempt: made,
  lab,
  message: optionalText(caseMessageLength, 'forms:message'),
});

export const caseMessageForm = z.strictObject({
  attempt: made,
  message: text('forms:case_message', caseMessageLength),
});

export const moveForm = z.strictObject({ lab });
