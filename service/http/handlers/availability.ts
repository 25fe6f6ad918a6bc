// The person's week and absences: shown, and saved.
import { toLocal } from '../../domain/calendar.ts';
import { saveAvailability } from '../../usecases/save-availability.ts';
import { availabilityForm } from '../forms/availability.ts';
import { presentAvailability } from '../present/availability.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';
import { saveForm } from './save-form.ts';

export const showAvailability: Handler<ParticipantVisit> = (visit) => page('availability', presentAvailability(visit));

export const postAvailability: Handler<ParticipantVisit> = (visit) =>
  saveForm(visit, {
    schema: availabilityForm(toLocal(visit.ports.clock.now(), visit.lab.calendar.zone).date),
    show: (now, filled, status) => page('availability', presentAvailability(now, filled), status),
    save: async (availability, seen) => {
      await saveAvailability(visit.ports, { memberId: visit.member.id, availability, seen });
      return seeOther('/', 'availability');
    },
  });
