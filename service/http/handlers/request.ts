// The person's one request: made, seen, withdrawn.
import { openRequest } from '../../usecases/open-request.ts';
import { viewRequest } from '../../usecases/view-request.ts';
import { withdrawRequest } from '../../usecases/withdraw-request.ts';
import { readForm } from '../forms/form.ts';
import { requestForm } from '../forms/request.ts';
import { presentLiveRequest, presentRequest } from '../present/request.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';

/** One request a person: while it lives, the page shows it instead of the form. */
export const showRequest: Handler<ParticipantVisit> = async (visit) => {
  const live = await viewRequest(visit.ports, { memberId: visit.member.id });
  return live ? page('request-live', presentLiveRequest(visit, live)) : page('request', presentRequest(visit));
};

export const postRequest: Handler<ParticipantVisit> = async (visit) => {
  const form = readForm(requestForm, visit.body);
  if (!form.ok) return page('request', presentRequest(visit, form), 422);
  const { wishes, message } = form.values;
  await openRequest(visit.ports, {
    memberId: visit.member.id,
    wishes,
    ...(message === undefined ? {} : { message }),
  });
  return seeOther('/', 'request');
};

export const postRequestWithdraw: Handler<ParticipantVisit> = async (visit) => {
  await withdrawRequest(visit.ports, { memberId: visit.member.id });
  return seeOther('/', 'request_withdrawn');
};
