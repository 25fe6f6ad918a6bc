// The two small questions of a dialogue that carry an answer: how it fits, and going on after an end.
import { z } from 'zod';
import { fitAnswers } from '../../usecases/answer-fit-check.ts';
import { one } from './form.ts';

export const fitForm = z.strictObject({ answer: one(fitAnswers, 'forms:unreadable') });

/** plannedEndOn: the planned last day as the page showed it, YYYY-MM-DD. */
export const renewForm = z.strictObject({ plannedEndOn: z.iso.date() });
