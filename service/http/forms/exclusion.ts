// Asking that somebody be excluded: whom, and a reason of the closed list. There is no field for a story.
import { z } from 'zod';
import { exclusionReasons } from '../../domain/exclusion.ts';
import { email, one } from './form.ts';

/** Whom: the person whose case it is, or an address that this person gave. */
export const meantBy = ['case', 'address'] as const;

export const exclusionForm = z
  .strictObject({
    whom: one(meantBy, 'forms:exclusion_whom'),
    email: z.preprocess((typed) => (typed === '' ? undefined : typed), email.optional()),
    reason: one(exclusionReasons, 'forms:exclusion_reason'),
  })
  .superRefine(({ whom, email: given }, context) => {
    if (whom === 'address' && given === undefined) {
      context.addIssue({ code: 'custom', path: ['email'], message: 'forms:email' });
    }
  })
  .transform(({ whom, email: given, reason }) => ({ reason, ...(whom === 'address' && { email: given }) }));
