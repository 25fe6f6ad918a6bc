// Somebody's hours for a page of their own: the week as an editor, the exceptions, and how they read.
import { toLocal } from '../../domain/calendar.ts';
import { storedForm, type MentoringForm } from '../../usecases/save-mentoring.ts';
import { availabilityRaw } from '../forms/availability.ts';
import { baseOf } from '../forms/base.ts';
import type { ParticipantVisit } from '../visit.ts';
import { fieldsOf, type Filled } from './fields.ts';
import type { MergedForm } from './merged.ts';
import { presentWeek, weekSentence } from './week.ts';

export function presentAvailability(visit: ParticipantVisit, filled?: MergedForm): object {
  const { t, profile, member, ports, lab } = visit;
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  const form = storedForm(member, today);
  const stored = form.availability ? availabilityRaw(form.availability, { today, ways: profile.modalities }) : {};
  const shown: Filled = filled ?? { raw: stored, problems: [] };
  const fields = fieldsOf(t, shown);
  return {
    summary: fields.summary(),
    overtaken: filled?.overtaken ?? false,
    base: baseOf(filled?.base ?? stored),
    ...presentMeaning(visit, form),
    week: presentWeek(visit, fields, shown),
  };
}

/** How the hours read, as they are stored or typed. */
export function presentMeaning(visit: ParticipantVisit, { availability }: Pick<MentoringForm, 'availability'>): object {
  const today = toLocal(visit.ports.clock.now(), visit.lab.calendar.zone).date;
  return { sentence: availability ? weekSentence(visit, availability, today) : '' };
}
