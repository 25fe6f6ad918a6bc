// Answers to a proposal, times and answers of a meeting, and the small forms of one button.
import { z } from 'zod';
import { modalities } from '../../domain/terms.ts';
import { one } from './form.ts';

export const answerForm = z.strictObject({ answer: one(['yes', 'no'], 'forms:answer') });

export const meetingForm = z.strictObject({
  startsAt: z.iso.datetime({ error: 'forms:starts_at' }).transform((instant) => new Date(instant)),
  modality: one(modalities, 'forms:modality'),
});

/** The version of the meeting that was on the screen. */
const sequence = z
  .string()
  .regex(/^\d{1,6}$/u)
  .transform(Number);

export const sequenceForm = z.strictObject({ sequence });

export const moveForm = meetingForm.extend({ sequence });

/** back: a path of our own, so that nobody is sent elsewhere; a run of the matching has an instant in its address. */
export const languageForm = z.strictObject({
  locale: one(['fr', 'en'], 'forms:unreadable'),
  back: z
    .string()
    .max(300)
    .regex(/^\/(?:[\w.:-]+(?:\/[\w.:-]+)*)?$/u),
});
