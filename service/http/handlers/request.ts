// The person's one request: made, seen, withdrawn.
import { hasConfirmedAddress } from '../../domain/own-address.ts';
import { MentoringError } from '../../domain/errors.ts';
import { changeWishes } from '../../usecases/change-wishes.ts';
import { openRequest } from '../../usecases/open-request.ts';
import { reopenRequest } from '../../usecases/reopen-request.ts';
import { viewRequest } from '../../usecases/view-request.ts';
import { withdrawRequest } from '../../usecases/withdraw-request.ts';
import { readForm } from '../forms/form.ts';
import { rawOfWishes, requestForm } from '../forms/request.ts';
import { presentChange, presentLiveRequest, presentRequest } from '../present/request.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';

/** One request a person: while it lives, the page shows it instead of the form. */
export const showRequest: Handler<ParticipantVisit> = async (visit) => {
  const live = await viewRequest(visit.ports, { memberId: visit.member.id });
  return live ? page('request-live', presentLiveRequest(visit, live)) : page('request', presentRequest(visit));
};

/** What is told once: nobody is looked for before the address counts. */
const made = ({ member }: ParticipantVisit): string => (hasConfirmedAddress(member) ? 'request' : 'request_held');

export const postRequest: Handler<ParticipantVisit> = async (visit) => {
  const form = readForm(requestForm, visit.body);
  if (!form.ok) return page('request', presentRequest(visit, form), 422);
  const { wishes, message } = form.values;
  await openRequest(visit.ports, {
    memberId: visit.member.id,
    wishes,
    ...(message === undefined ? {} : { message }),
  });
  return seeOther('/', made(visit));
};

export const postRequestWithdraw: Handler<ParticipantVisit> = async (visit) => {
  await withdrawRequest(visit.ports, { memberId: visit.member.id });
  return seeOther('/', 'request_withdrawn');
};

/** Other wishes for a request that is open; the time it has waited is kept. */
export const showRequestChange: Handler<ParticipantVisit> = async (visit) => {
  const live = await viewRequest(visit.ports, { memberId: visit.member.id });
  if (live?.request.status !== 'open') throw new MentoringError('request_not_open');
  const filled = { raw: rawOfWishes(live.request.wishes), problems: [] };
  return page('request-change', presentChange(visit, filled));
};

export const postRequestChange: Handler<ParticipantVisit> = async (visit) => {
  const form = readForm(requestForm, visit.body);
  if (!form.ok) return page('request-change', presentChange(visit, form), 422);
  await changeWishes(visit.ports, { memberId: visit.member.id, wishes: form.values.wishes });
  return seeOther('/request', 'wishes_changed');
};

export const postRequestReopen: Handler<ParticipantVisit> = async (visit) => {
  await reopenRequest(visit.ports, { memberId: visit.member.id });
  return seeOther('/request', made(visit));
};
