// Cases, for the coordinators who handle them.
import { MentoringError } from '../../domain/errors.ts';
import { askExclusion } from '../../usecases/ask-exclusion.ts';
import { askToWiden } from '../../usecases/ask-to-widen.ts';
import type { Coordinator } from '../../usecases/case-records.ts';
import { closeCase } from '../../usecases/close-case.ts';
import { runMatchForCase } from '../../usecases/run-match-for-case.ts';
import { viewCase, type CaseView } from '../../usecases/view-case.ts';
import { viewCases } from '../../usecases/view-cases.ts';
import { writeInCase } from '../../usecases/write-in-case.ts';
import { caseMessageForm } from '../forms/case.ts';
import { exclusionForm } from '../forms/exclusion.ts';
import { readForm } from '../forms/form.ts';
import { presentCase, presentCases } from '../present/cases.ts';
import { exclusionFields } from '../present/exclusion.ts';
import { type Handler, page, seeOther, type Visit } from '../visit.ts';
import { traceIdentitySeen } from '../traces.ts';
import { staleSheetsOf } from './referral.ts';

/** Somebody coordinates in the lab they come from. @throws MentoringError not_found for everybody else */
function coordinatorOf({ role, session, member }: Visit): Coordinator {
  if (role === 'participant') throw new MentoringError('not_found');
  return { role, labId: session.tenant, ...(member && { memberId: member.id }) };
}

function idsOf(visit: Visit): { coordinator: Coordinator; caseId: string } {
  return { coordinator: coordinatorOf(visit), caseId: visit.params['id'] ?? '' };
}

export const showCases: Handler = async (visit) => {
  const cases = await viewCases(visit.ports, { coordinator: coordinatorOf(visit) });
  return page('cases', { ...presentCases(visit, cases), stale: await staleSheetsOf(visit) });
};

/** Whoever sees who the person is leaves a trace, before the page is sent. */
async function caseFor(visit: Visit): Promise<CaseView> {
  const view = await viewCase(visit.ports, idsOf(visit));
  if (view.identity) await traceIdentitySeen(visit);
  return view;
}

export const showCase: Handler = async (visit) => page('case', presentCase(visit, await caseFor(visit)));

export const postCaseMessage: Handler = async (visit) => {
  const ids = idsOf(visit);
  const form = readForm(caseMessageForm, visit.body);
  if (!form.ok) return page('case', presentCase(visit, await caseFor(visit), form), 422);
  const { attempt: messageId, message: text } = form.values;
  await writeInCase(visit.ports, { by: ids, caseId: ids.caseId, messageId, text });
  return seeOther(`/cases/${ids.caseId}`, 'case_written');
};

export const postCaseWiden: Handler = async (visit) => {
  const ids = idsOf(visit);
  await askToWiden(visit.ports, ids);
  return seeOther(`/cases/${ids.caseId}`, 'widening_asked');
};

export const postCaseMatch: Handler = async (visit) => {
  const ids = idsOf(visit);
  await runMatchForCase(visit.ports, ids);
  return seeOther(`/cases/${ids.caseId}`, 'match_wished');
};

/** The same answer whoever is meant, and whether they take part or not. */
export const postCaseExclusion: Handler = async (visit) => {
  const ids = idsOf(visit);
  const form = readForm(exclusionForm, visit.body);
  if (!form.ok) {
    const exclusion = exclusionFields(visit, form);
    const shown = presentCase(visit, await caseFor(visit));
    return page('case', { ...shown, exclusion, summary: exclusion.summary }, 422);
  }
  await askExclusion(visit.ports, { ...ids, ...form.values });
  return seeOther(`/cases/${ids.caseId}`, 'exclusion_asked');
};

export const postCaseClose: Handler = async (visit) => {
  const { caseId, ...by } = idsOf(visit);
  await closeCase(visit.ports, { by, caseId });
  return seeOther('/cases', 'case_closed');
};
