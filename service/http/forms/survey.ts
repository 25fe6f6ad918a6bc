// The closing survey as it is sent: an answer to each question, of which "I prefer not to say" is one; nothing else.
import { z } from 'zod';
import { type SurveyQuestion, surveyScale } from '../../domain/survey.ts';
import { one } from './form.ts';

const reply = (question: SurveyQuestion) => one(surveyScale, `survey:choose.${question}`);

export const surveyForm = z
  .strictObject({
    token: z.string().max(500),
    useful: reply('useful'),
    received: reply('received'),
    confidential: reply('confidential'),
    outside_hierarchy: reply('outside_hierarchy'),
  })
  .transform(({ token, ...replies }) => ({ token, replies }));
