// The letter about two registrations with an address in common: what it leads to, and what one of the two says.
import { answerTwins } from '../../usecases/answer-twins.ts';
import { viewTwins } from '../../usecases/view-twins.ts';
import { readForm } from '../forms/form.ts';
import { twinsForm } from '../forms/twins.ts';
import { presentTwins, presentTwinsCode } from '../present/twins.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';

export const showTwinsCode: Handler<MemberVisit> = (visit) =>
  page('twins', presentTwinsCode(visit, { raw: {}, problems: [] }));

/** Looking at it says nothing, so that a preview of the link cannot; its buttons do. */
export const showTwins: Handler<MemberVisit> = async (visit) => {
  const link = visit.params['token'] ?? '';
  const view = await viewTwins(visit.ports, { memberId: visit.member.id, token: link });
  return page('twins', presentTwins(visit, { view, link }));
};

/** A code that was pasted, where the link could not be opened inside a launch; or an answer. */
export const postTwins: Handler<MemberVisit> = async (visit) => {
  const form = readForm(twinsForm, visit.body);
  if (!form.ok) return page('twins', presentTwinsCode(visit, form), 422);
  const { answer, link: token } = form.values;
  const { ports, member } = visit;
  if (answer === undefined) {
    await viewTwins(ports, { memberId: member.id, token });
    return seeOther(`/two-registrations/${token}`);
  }
  await answerTwins(ports, { memberId: member.id, token, answer });
  return seeOther('/my-data', `twins_${answer}`);
};
