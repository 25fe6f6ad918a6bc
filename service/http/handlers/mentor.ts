// A mentor's offer: shown, saved, paused, taken up again, withdrawn.
import { toLocal } from '../../domain/calendar.ts';
import { confirmOffer } from '../../usecases/confirm-offer.ts';
import { pauseMentoring } from '../../usecases/pause-mentoring.ts';
import { saveOffer } from '../../usecases/save-offer.ts';
import { withdrawOffer } from '../../usecases/withdraw-offer.ts';
import { readForm } from '../forms/form.ts';
import { mentorForm, pauseForm } from '../forms/mentor.ts';
import { presentMentor } from '../present/mentor.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';
import { saveForm } from './save-form.ts';

export const showMentor: Handler<ParticipantVisit> = (visit) => page('mentor', presentMentor(visit));

export const postMentor: Handler<ParticipantVisit> = (visit) =>
  saveForm(visit, {
    schema: mentorForm,
    show: (now, filled, status) => page('mentor', presentMentor(now, filled), status),
    save: async (offer, seen) => {
      await saveOffer(visit.ports, { memberId: visit.member.id, offer, seen });
      return seeOther('/mentor', 'offer');
    },
  });

/** Without a date the offer is taken up again. */
export const postPause: Handler<ParticipantVisit> = async (visit) => {
  const { ports, lab, member } = visit;
  const form = readForm(pauseForm(toLocal(ports.clock.now(), lab.calendar.zone).date), visit.body);
  if (!form.ok) return page('mentor', presentMentor(visit, form), 422);
  const { until } = form.values;
  await pauseMentoring(ports, { memberId: member.id, ...(until === undefined ? {} : { until }) });
  return seeOther('/mentor', until === undefined ? 'resumed' : 'paused');
};

export const postMentorWithdraw: Handler<ParticipantVisit> = async (visit) => {
  await withdrawOffer(visit.ports, { memberId: visit.member.id });
  return seeOther('/', 'offer_withdrawn');
};

/** One click: the offer is still so. */
export const postMentorConfirm: Handler<ParticipantVisit> = async (visit) => {
  await confirmOffer(visit.ports, { memberId: visit.member.id });
  return seeOther('/', 'offer_confirmed');
};
