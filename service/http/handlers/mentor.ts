// My mentoring: shown, saved, paused, taken up again, withdrawn, and told as it would read.
import { toLocal } from '../../domain/calendar.ts';
import { untilResumed } from '../../domain/mentor-offer.ts';
import { confirmOffer } from '../../usecases/confirm-offer.ts';
import { pauseMentoring } from '../../usecases/pause-mentoring.ts';
import { saveMentoring, storedForm, type MentoringForm } from '../../usecases/save-mentoring.ts';
import { withdrawOffer } from '../../usecases/withdraw-offer.ts';
import { splitBase } from '../forms/base.ts';
import { readForm } from '../forms/form.ts';
import { mentorForm, mentorRaw, pauseForm } from '../forms/mentor.ts';
import { presentMentor, presentMentorMeaning } from '../present/mentor.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';
import { saveMerged } from './save-merged.ts';

export const showMentor: Handler<ParticipantVisit> = (visit) => page('mentor', presentMentor(visit));

function rulesOf({ ports, lab, profile }: ParticipantVisit) {
  return { today: toLocal(ports.clock.now(), lab.calendar.zone).date, ways: profile.modalities };
}

export const postMentor: Handler<ParticipantVisit> = (visit) =>
  saveMerged(visit, {
    schema: mentorForm(rulesOf(visit)),
    shown: mentorForm({ ...rulesOf(visit), asShown: true }),
    raw: (form) => mentorRaw(form, rulesOf(visit)),
    show: (now, filled, status) => page('mentor', presentMentor(now, filled), status),
    save: async (form, base) => {
      await saveMentoring(visit.ports, { memberId: visit.member.id, form, base });
      return seeOther('/mentor', 'offer');
    },
  });

/** What would be saved, as it reads to others; nothing is. */
export const postMentorMeaning: Handler<ParticipantVisit> = (visit) => {
  const form = readForm(mentorForm({ ...rulesOf(visit), asShown: true }), splitBase(visit.body).body);
  const typed: MentoringForm = form.ok ? form.values : {};
  return { fragment: 'week/meaning', model: presentMentorMeaning(visit, typed) };
};

/** Without a date until the mentor takes the offer up again. */
export const postPause: Handler<ParticipantVisit> = async (visit) => {
  const { today, ways } = rulesOf(visit);
  const form = readForm(pauseForm(today), visit.body);
  if (!form.ok) {
    const typed = { ...mentorRaw(storedForm(visit.member, today), { today, ways }), pauseUntil: form.raw['until'] };
    const problems = form.problems.map(({ message }) => ({ field: 'pauseUntil', message }));
    return page('mentor', presentMentor(visit, { raw: typed, problems }), 422);
  }
  await pauseMentoring(visit.ports, { memberId: visit.member.id, until: form.values.until ?? untilResumed });
  return seeOther('/mentor', 'paused');
};

export const postResumeOffer: Handler<ParticipantVisit> = async (visit) => {
  await pauseMentoring(visit.ports, { memberId: visit.member.id });
  return seeOther('/mentor', 'resumed');
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
