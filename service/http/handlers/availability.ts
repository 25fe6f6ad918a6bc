// The person's week and absences: shown, and saved.
import { saveAvailability } from '../../usecases/save-availability.ts';
import { availabilityForm } from '../forms/availability.ts';
import { readForm } from '../forms/form.ts';
import { presentAvailability } from '../present/availability.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';

export const showAvailability: Handler<ParticipantVisit> = (visit) => page('availability', presentAvailability(visit));

export const postAvailability: Handler<ParticipantVisit> = async (visit) => {
  const form = readForm(availabilityForm, visit.body);
  if (!form.ok) return page('availability', presentAvailability(visit, form), 422);
  await saveAvailability(visit.ports, { memberId: visit.member.id, availability: form.values });
  return seeOther('/', 'availability');
};
