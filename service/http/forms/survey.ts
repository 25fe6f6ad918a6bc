// The closing survey as it is sent: an answer to each question, of which "I prefer not to say" is one; nothing else.
import { z } from 'zod';
import { surveyScale } from '../../domain/survey.ts';
import { one } from './form.ts';

const reply = one(surveyScale, 'survey:choose');

export const surveyForm = z
  .strictObject({ token: z.string(), useful: reply, received: reply, confidential: reply, outside_hierarchy: reply })
  .transform(({ token, ...replies }) => ({ token, replies }));
