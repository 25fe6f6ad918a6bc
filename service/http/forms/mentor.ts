// A mentor's offer, and its pause.
import { z } from 'zod';
import { capacityBounds, type MentorOffer } from '../../domain/member.ts';
import { formats } from '../../domain/terms.ts';
import { topics } from '../../domain/topic.ts';
import { box, many, maybeDay, one, type Raw } from './form.ts';

const { least, most } = capacityBounds;
export const capacities = Array.from({ length: most - least + 1 }, (_, index) => String(least + index));

export const mentorForm = z
  .strictObject({
    topics: many(topics),
    keptForConversation: box,
    formats: many(formats).refine((chosen) => chosen.length > 0, 'forms:formats'),
    capacity: one(capacities, 'forms:capacity').transform(Number),
  })
  .superRefine(({ topics: chosen, keptForConversation }, context) => {
    if (chosen.length > 0 || keptForConversation) return;
    context.addIssue({ code: 'custom', path: ['topics'], message: 'forms:offered_topics' });
  });

/** Without a date the offer is taken up again. */
export const pauseForm = (today: string): z.ZodType<{ until?: string | undefined }> =>
  z.strictObject({ until: maybeDay.refine((day) => day === undefined || day > today, 'forms:pause') });

export function mentorRaw(offer: MentorOffer | undefined): Raw {
  return {
    topics: offer?.topics ?? [],
    keptForConversation: offer?.keptForConversation ? 'yes' : '',
    formats: offer?.formats ?? [...formats],
    capacity: String(offer?.capacity ?? capacityBounds.usual),
  };
}
