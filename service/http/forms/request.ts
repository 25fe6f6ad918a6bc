// What a mentee asks for: three ordered wishes, other topics, format, lab, and an optional short message.
import { z } from 'zod';
import { messageLength, type Wishes } from '../../domain/mentoring-request.ts';
import { formats, labPreferences } from '../../domain/terms.ts';
import { topics } from '../../domain/topic.ts';
import { box, many, maybeOne, one, optionalText, type Raw } from './form.ts';

export const requestForm = z
  .strictObject({
    wish1: maybeOne(topics),
    wish2: maybeOne(topics),
    wish3: maybeOne(topics),
    topics: many(topics),
    keptForConversation: box,
    format: one(formats, 'forms:format'),
    labPreference: one(labPreferences, 'forms:lab_preference'),
    message: optionalText(messageLength, 'forms:message'),
  })
  .transform(({ wish1, wish2, wish3, topics: others, message, ...rest }, context) => {
    const wanted = [...new Set([wish1, wish2, wish3, ...others])].filter((topic) => topic !== undefined);
    if (wanted.length === 0 && !rest.keptForConversation) {
      context.addIssue({ code: 'custom', path: ['wish1'], message: 'forms:wanted_topics' });
    }
    const wishes: Wishes = { topics: wanted, ...rest };
    return { wishes, message };
  });

/** An empty form: a one-off talk with anybody is the easiest start. */
export const requestRaw: Raw = { format: 'one_off', labPreference: 'any' };

/** The form as it would have been filled in for these wishes. */
export function rawOfWishes({ topics: [wish1, wish2, wish3, ...others], ...rest }: Wishes): Raw {
  return {
    ...{ wish1, wish2, wish3, topics: others, format: rest.format, labPreference: rest.labPreference },
    ...(rest.keptForConversation && { keptForConversation: 'yes' }),
  };
}
