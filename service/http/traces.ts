// To what a coordinator's form is done, as the audit trail may keep it: references and codes, and people by pseudonyms.
import type { AuditAct, AuditActor, AuditEntry } from '../domain/audit.ts';
import { exclusionReasons } from '../domain/exclusion.ts';
import { audited, actorOf, subjectOf, trace } from '../usecases/audited.ts';
import { runKey } from './forms/report.ts';
import type { Reply, Visit } from './visit.ts';

export type Traced = Pick<AuditEntry, 'object' | 'subject' | 'reason'>;

/** A coordinator's form leaves its trace before its handler is called. */
export interface TracedForm {
  readonly method: 'post';
  readonly act: AuditAct | ((visit: Visit) => AuditAct);
  /** To what it is done, for the trace. */
  readonly about: (visit: Visit) => Promise<Traced>;
}

/** The case by its reference, and the pseudonym of the person whose it is. */
export async function caseAsked({ ports, params }: Visit): Promise<Traced> {
  const found = await ports.cases.find(params['id'] ?? '');
  const member = found && (await ports.members.find(found.memberId));
  return {
    ...(found && { object: found.reference }),
    ...(member && { subject: await subjectOf(ports, member.personKey) }),
  };
}

/** Of which case and for which reason; never whom: the address is nobody's name here, and whether it is a member's is not looked up. */
export async function exclusionAsked({ ports, params, body }: Visit): Promise<Traced> {
  const found = await ports.cases.find(params['id'] ?? '');
  const given = (body as { readonly reason?: unknown } | undefined)?.reason;
  const reason = exclusionReasons.find((one) => one === given);
  return { ...(found && { object: found.reference }), ...(reason && { reason }) };
}

export function labAsked({ lab }: Visit): Promise<Traced> {
  return Promise.resolve({ object: lab.id });
}

/** A run by the key in the address. */
export async function runAsked({ ports, params }: Visit): Promise<Traced> {
  const key = runKey.safeParse(params['key']);
  // What is no run could be anything that somebody typed.
  const run = key.success ? await ports.runs.find(key.data) : undefined;
  return run ? { object: run.key } : {};
}

/** The two buttons of the report's form. */
export function runAct({ body }: Visit): AuditAct {
  return (body as { readonly act?: unknown } | undefined)?.act === 'start' ? 'run_started' : 'run_simulated';
}

function coordinatorOf({ ports, session }: Visit): Promise<AuditActor> {
  return actorOf(ports, { kind: 'coordinator', key: session.person });
}

interface Form {
  readonly act: AuditAct | ((visit: Visit) => AuditAct);
  readonly about: (visit: Visit) => Promise<Traced>;
}

/** Traces a coordinator's form, then has it carried out. */
export async function tracedForm(visit: Visit, { act, about }: Form, handle: () => Promise<Reply>): Promise<Reply> {
  const entry = { act: typeof act === 'string' ? act : act(visit), ...(await about(visit)) };
  return audited(
    visit.ports,
    { actor: await coordinatorOf(visit), ...entry },
    { act: handle, isDone: (reply) => !('page' in reply) || reply.status < 400 },
  );
}

/** Who somebody is stands on the page that is about to be sent. */
export async function traceIdentitySeen(visit: Visit): Promise<void> {
  const about = await caseAsked(visit);
  await trace(visit.ports, { actor: await coordinatorOf(visit), act: 'case_identity_seen', ...about });
}
