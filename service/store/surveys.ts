// Answers to the closing survey: inserted once, never changed, deleted when they are old.
import type { Connection } from 'mongoose';
import type { CountedAnswer } from '../domain/report/endings.ts';
import type { Surveys } from '../usecases/ports.ts';
import { modelOf, part, schemaOf, unlessTaken } from './collection.ts';
import { createSurveyTokens } from './survey-tokens.ts';

const text = { type: String, required: true } as const;

/** Nothing finer than the quarter. */
export const surveyAnswerSchema = schemaOf('survey_answers', {
  quarter: text,
  side: text,
  replies: {
    type: part({ useful: text, received: text, confidential: text, outside_hierarchy: text }),
    required: true,
  },
});
surveyAnswerSchema.index({ quarter: 1 }, { name: 'age' });

/** The survey on a connection. secret: the service's own; links of another one are strangers. */
export function surveysOf(connection: Connection, secret: string): Surveys {
  const answers = modelOf(connection, surveyAnswerSchema);
  return {
    ...createSurveyTokens(secret),
    isAnswered: async (answerId) => (await answers.exists({ _id: answerId })) !== null,
    insert: ({ id, ...answer }) =>
      unlessTaken(
        answers.create([{ _id: id, ...answer }]).then(() => true),
        false,
      ),
    list: () => answers.find({}, { _id: 0 }).lean<CountedAnswer[]>().exec(),
    dropUntil: async (quarter) => (await answers.deleteMany({ quarter: { $lte: quarter } })).deletedCount,
  };
}
