// An invitation to coordinate, pasted as the whole link or as its code.
import { z } from 'zod';
import { text } from './form.ts';

/** 256 bits in base64url. */
export const invitationToken = /^[\w-]{43}$/u;

export const invitationForm = z.strictObject({
  invitation: text('forms:invitation', 500)
    .transform((typed) => typed.split('/').at(-1) ?? '')
    .pipe(z.string().regex(invitationToken, 'forms:invitation')),
});
