// The person's week and exceptions: shown, saved, and told as they would read.
import type { Availability } from '../../domain/availability.ts';
import { toLocal } from '../../domain/calendar.ts';
import { halfHoursOf } from '../../domain/meeting.ts';
import { meetingsOf } from '../../domain/mentor-offer.ts';
import { saveMentoring, type MentoringForm } from '../../usecases/save-mentoring.ts';
import { availabilityForm, availabilityRaw } from '../forms/availability.ts';
import { splitBase } from '../forms/base.ts';
import { readForm, type Raw } from '../forms/form.ts';
import { presentAvailability, presentMeaning } from '../present/availability.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';
import { saveMerged } from './save-merged.ts';

export const showAvailability: Handler<ParticipantVisit> = (visit) => page('availability', presentAvailability(visit));

const alone = (availability: Availability): MentoringForm => ({ availability });

/** Half an hour is of use with a mentor who meets so long; a mentor's own meetings must fit. */
function schemaOf({ ports, lab, profile, member }: ParticipantVisit) {
  const today = toLocal(ports.clock.now(), lab.calendar.zone).date;
  const halfHours = member.offer ? halfHoursOf(meetingsOf(member.offer).minutes) : 1;
  const rules = { today, ways: profile.modalities, halfHours };
  return {
    schema: availabilityForm(rules).transform(alone),
    shown: availabilityForm({ ...rules, asShown: true }).transform(alone),
    raw: ({ availability }: MentoringForm): Raw => (availability ? availabilityRaw(availability, rules) : {}),
  };
}

export const postAvailability: Handler<ParticipantVisit> = (visit) =>
  saveMerged(visit, {
    ...schemaOf(visit),
    show: (now, filled, status) => page('availability', presentAvailability(now, filled), status),
    save: async (form, base) => {
      await saveMentoring(visit.ports, { memberId: visit.member.id, form, base });
      return seeOther('/', 'availability');
    },
  });

/** What would be saved, in words; nothing is. */
export const postAvailabilityMeaning: Handler<ParticipantVisit> = (visit) => {
  const form = readForm(schemaOf(visit).shown, splitBase(visit.body).body);
  return { fragment: 'week/sentence', model: presentMeaning(visit, form.ok ? form.values : {}) };
};
