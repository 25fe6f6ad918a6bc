// Talking to a coordinator, for whoever takes part.
import { askCoordinator } from '../../usecases/ask-coordinator.ts';
import { closeCase } from '../../usecases/close-case.ts';
import { hideIdentity } from '../../usecases/hide-identity.ts';
import { moveCase } from '../../usecases/move-case.ts';
import { openIdentity } from '../../usecases/open-identity.ts';
import { viewMyCase, viewMyCases } from '../../usecases/view-my-cases.ts';
import { writeInCase } from '../../usecases/write-in-case.ts';
import { askForm, caseMessageForm, moveForm } from '../forms/case.ts';
import { readForm } from '../forms/form.ts';
import { presentHelp, presentHelpCase } from '../present/help.ts';
import { type Handler, type MemberVisit, page, seeOther } from '../visit.ts';

function idsOf({ member, params }: MemberVisit): { memberId: string; caseId: string } {
  return { memberId: member.id, caseId: params['id'] ?? '' };
}

export const showHelp: Handler<MemberVisit> = async (visit) =>
  page('help', presentHelp(visit, await viewMyCases(visit.ports, { memberId: visit.member.id })));

export const postHelp: Handler<MemberVisit> = async (visit) => {
  const memberId = visit.member.id;
  const form = readForm(askForm, visit.body);
  if (!form.ok) return page('help', presentHelp(visit, await viewMyCases(visit.ports, { memberId }), form), 422);
  const { lab: labId, attempt, message } = form.values;
  const { id } = await askCoordinator(visit.ports, { memberId, labId, attempt, ...(message && { message }) });
  return seeOther(`/help/${id}`, 'case_asked');
};

export const showHelpCase: Handler<MemberVisit> = async (visit) =>
  page('help-case', presentHelpCase(visit, await viewMyCase(visit.ports, idsOf(visit))));

export const postHelpMessage: Handler<MemberVisit> = async (visit) => {
  const ids = idsOf(visit);
  const form = readForm(caseMessageForm, visit.body);
  if (!form.ok) return page('help-case', presentHelpCase(visit, await viewMyCase(visit.ports, ids), form), 422);
  const { attempt: messageId, message: text } = form.values;
  await writeInCase(visit.ports, { by: ids, caseId: ids.caseId, messageId, text });
  return seeOther(`/help/${ids.caseId}`, 'case_written');
};

export const postIdentityOpen: Handler<MemberVisit> = async (visit) => {
  const ids = idsOf(visit);
  await openIdentity(visit.ports, ids);
  return seeOther(`/help/${ids.caseId}`, 'identity_opened');
};

export const postIdentityHide: Handler<MemberVisit> = async (visit) => {
  const ids = idsOf(visit);
  await hideIdentity(visit.ports, ids);
  return seeOther(`/help/${ids.caseId}`, 'identity_hidden');
};

export const postHelpMove: Handler<MemberVisit> = async (visit) => {
  const ids = idsOf(visit);
  const form = readForm(moveForm, visit.body);
  if (!form.ok) return page('help-case', presentHelpCase(visit, await viewMyCase(visit.ports, ids), form), 422);
  await moveCase(visit.ports, { ...ids, labId: form.values.lab });
  return seeOther(`/help/${ids.caseId}`, 'case_moved');
};

export const postHelpClose: Handler<MemberVisit> = async (visit) => {
  const { caseId, memberId } = idsOf(visit);
  await closeCase(visit.ports, { by: { memberId }, caseId });
  return seeOther('/help', 'case_closed');
};
