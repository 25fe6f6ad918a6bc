// My mentoring: the offer, its places, a pause, the week and the meetings, in one form.
import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import { capacityBounds, untilResumed } from '../../domain/mentor-offer.ts';
import { halfHoursOf, meetingLengths, usualMeetings } from '../../domain/meeting.ts';
import { formats, type Modality } from '../../domain/terms.ts';
import { topics } from '../../domain/topic.ts';
import type { MentoringForm, OfferForm, Rest } from '../../usecases/save-mentoring.ts';
import { availabilityFields, availabilityIn, availabilityRaw } from './availability.ts';
import { box, many, maybeDay, one, type Raw } from './form.ts';
import { silently, type Complain } from './week.ts';

const { least, most } = capacityBounds;
export const capacities = Array.from({ length: most - least + 1 }, (_, index) => String(least + index));
export const lengths = meetingLengths.map(String);
/** Up to three days (domain/free-time): later times are on offer for everybody. */
export const notices = ['0', '2', '24', '48', '72'];
export const margins = ['0', '15', '30'];
/** "": as many as there are times for. */
export const weekly = ['', '1', '2', '3', '4', '5', '6', '8', '10'];

const number = (codes: readonly string[], usual: number) =>
  z.enum(codes, 'forms:choice').default(String(usual)).transform(Number);

const fields = z.strictObject({
  topics: many(topics),
  keptForConversation: box,
  formats: many(formats).refine((chosen) => chosen.length > 0, 'forms:formats'),
  capacity: one(capacities, 'forms:capacity').transform(Number),
  minutes: number(lengths, usualMeetings.minutes),
  noticeHours: number(notices, usualMeetings.noticeHours),
  mostAWeek: z
    .enum(weekly, 'forms:choice')
    .default('')
    .transform((chosen) => (chosen === '' ? undefined : Number(chosen))),
  marginMinutes: number(margins, usualMeetings.marginMinutes),
  pauseFrom: maybeDay,
  pauseUntil: maybeDay,
  /** There where the form holds the week. */
  week: z.literal('yes').optional(),
  /** In what the form was shown with: there was an offer. */
  offering: z.literal('yes').optional(),
  ...availabilityFields,
});

/** today: local date YYYY-MM-DD. ways: in which the mentor meets. */
interface Rules {
  readonly today: string;
  readonly ways: readonly Modality[];
  /** The form as it was shown, not as it was sent. */
  readonly asShown?: boolean;
}

export const mentorForm = ({ today, ways, asShown = false }: Rules) =>
  fields.transform((typed, context): MentoringForm & { readonly offer: OfferForm } => {
    const say: Complain = (field, message) => {
      context.addIssue({ code: 'custom', path: [field], message });
    };
    const complain = asShown ? silently : say;
    const { minutes, noticeHours, mostAWeek, marginMinutes } = typed;
    if (typed.topics.length === 0 && !typed.keptForConversation) complain('topics', 'forms:offered_topics');
    const rest = restIn(typed, today, complain);
    const offer: OfferForm = {
      ...{ topics: typed.topics, keptForConversation: typed.keptForConversation, formats: typed.formats },
      capacity: typed.capacity,
      meetings: {
        ...{ minutes: minutes as (typeof meetingLengths)[number], noticeHours, marginMinutes },
        ...(mostAWeek !== undefined && { mostAWeek }),
      },
      ...(rest && { rest }),
    };
    const isOffering = typed.offering === 'yes';
    if (typed.week === undefined) return { offer, isOffering };
    const rules = { today, ways, halfHours: halfHoursOf(minutes) };
    return { offer, isOffering, availability: availabilityIn(typed, rules, complain) };
  });

interface TypedRest {
  readonly pauseFrom?: string | undefined;
  readonly pauseUntil?: string | undefined;
}

/** Only an end: from today. Only a beginning: until the mentor takes the offer up again. */
function restIn({ pauseFrom, pauseUntil }: TypedRest, today: string, complain: Complain): Rest | undefined {
  if (pauseFrom === undefined && pauseUntil === undefined) return undefined;
  // A page of yesterday is taken; a day long past is a slip.
  if (pauseFrom !== undefined && pauseFrom < addDays(today, -1)) complain('pauseFrom', 'forms:past_pause');
  const from = pauseFrom !== undefined && pauseFrom > today ? pauseFrom : undefined;
  if (pauseUntil !== undefined && pauseUntil <= (from ?? today)) complain('pauseUntil', 'forms:pause');
  return { ...(from !== undefined && { from }), until: pauseUntil ?? untilResumed };
}

/** A pause by one button: without a date until the mentor takes the offer up again. */
export const pauseForm = (today: string): z.ZodType<{ until?: string | undefined }> =>
  z.strictObject({ until: maybeDay.refine((day) => day === undefined || day > today, 'forms:pause') });

export function mentorRaw(
  { offer, availability }: MentoringForm,
  at: { readonly today: string; readonly ways: readonly Modality[] },
): Raw {
  const { minutes, noticeHours, mostAWeek, marginMinutes } = offer?.meetings ?? usualMeetings;
  return {
    topics: offer?.topics ?? [],
    keptForConversation: offer?.keptForConversation ? 'yes' : undefined,
    formats: offer?.formats ?? [...formats],
    capacity: String(offer?.capacity ?? capacityBounds.usual),
    ...{ minutes: String(minutes), noticeHours: String(noticeHours), marginMinutes: String(marginMinutes) },
    mostAWeek: mostAWeek === undefined ? '' : String(mostAWeek),
    ...pauseRaw(offer?.rest, at.today),
    week: 'yes',
    ...(offer && { offering: 'yes' }),
    ...(availability && availabilityRaw(availability, at)),
  };
}

function pauseRaw(rest: Rest | undefined, today: string): Raw {
  if (!rest) return { pauseFrom: '', pauseUntil: '' };
  const isOpen = rest.until === untilResumed;
  return { pauseFrom: rest.from ?? (isOpen ? today : ''), pauseUntil: isOpen ? '' : rest.until };
}
