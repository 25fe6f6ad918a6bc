// Cases with the guard first: for everybody but the person and whoever handles it, a case does not exist.
import { joinCalendars, type WorkingCalendar } from '../domain/calendar.ts';
import { allLabs, caseTimers, type Case, type CaseSide } from '../domain/case.ts';
import { coordinatorsOf, recipientIdOf, type CoordinatorContact, type CoordinatorRole } from '../domain/coordinator.ts';
import { MentoringError } from '../domain/errors.ts';
import { nextDue, type Due, type Timer } from '../domain/follow-up.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import type { NoticeKind } from '../domain/notice.ts';
import type { LabId } from '../domain/terms.ts';
import { isSameEmail } from '../domain/tie.ts';
import { notify, type Recipient } from './notify.ts';
import type { CaseScope, Ports } from './ports.ts';

/** A coordinator at work. memberId: their own record, if they take part themselves. */
export interface Coordinator {
  readonly role: CoordinatorRole;
  readonly labId: LabId;
  readonly memberId?: string;
}

/** Those of a lab handle what was addressed to the lab, those of all labs everything; nobody handles their own. */
export function scopeOf({ role, labId, memberId }: Coordinator): CaseScope {
  return {
    ...(role === 'lab_coordinator' && { labId }),
    ...(memberId !== undefined && { exceptOf: memberId }),
  };
}

/** @throws MentoringError not_found for whoever does not handle it */
export async function getHandledCase(
  ports: Ports,
  { coordinator, caseId }: { coordinator: Coordinator; caseId: string },
): Promise<Case> {
  const found = await ports.cases.find(caseId);
  const { labId, exceptOf } = scopeOf(coordinator);
  const isTheirs = found && (labId === undefined || labId === found.labId) && exceptOf !== found.memberId;
  if (!isTheirs) throw new MentoringError('not_found');
  return found;
}

/** @throws MentoringError not_found for anybody but the person whose case it is */
export async function getOwnCase(
  ports: Ports,
  { memberId, caseId }: { memberId: string; caseId: string },
): Promise<Case> {
  const found = await ports.cases.find(caseId);
  if (found?.memberId !== memberId) throw new MentoringError('not_found');
  return found;
}

/** Of the coordinators who handle it; what belongs to all labs freezes when any of them is closed. */
function caseCalendar({ rules }: Ports, { labId }: Pick<Case, 'labId'>): WorkingCalendar {
  const lab = rules.labs.get(labId);
  if (lab) return lab.calendar;
  const everywhere = [...rules.labs.values()].map(({ calendar }) => calendar);
  return everywhere.reduce(joinCalendars, { zone: rules.zone, closures: [] });
}

type Waiting = Pick<Case, 'labId' | 'quietSince' | 'requestId' | 'closedAt'>;

export function timersOfCase(ports: Ports, about: Waiting): Timer[] {
  return caseTimers(about, { steps: ports.rules.steps, calendar: caseCalendar(ports, about) });
}

/** What an open case waits for after an act of either side. */
export function dueOfCase(ports: Ports, about: Waiting): Due {
  const due = nextDue(timersOfCase(ports, about), ports.clock.now());
  // The reminder repeats without end.
  if (!due) throw new Error('an open case waits for nothing');
  return due;
}

const isOfAllLabs = ({ role }: Pick<CoordinatorContact, 'role'>): boolean => role === 'cross_lab_coordinator';

/** Those to whom a case is addressed: the lab's own coordinators, or those of all labs where the person chose them. */
export async function addresseesOf({ coordinators }: Ports, about: Pick<Case, 'labId'>): Promise<CoordinatorContact[]> {
  return addresseesAmong(await coordinators.contacts(), about);
}

function addresseesAmong(all: readonly CoordinatorContact[], { labId }: Pick<Case, 'labId'>): CoordinatorContact[] {
  return labId === allLabs ? all.filter(isOfAllLabs) : coordinatorsOf(all, labId);
}

/** Whoever reads a case that is not addressed to them never learns who it is, even when the person shows it to a lab. */
export function isAddressedTo(coordinator: Coordinator, { labId }: Pick<Case, 'labId'>): boolean {
  return isOfAllLabs(coordinator) === (labId === allLabs);
}

/** The addressees; where none of a lab's can be written to, also the coordinators of all labs. */
async function handlersOf({ rules, coordinators }: Ports, about: Pick<Case, 'labId'>): Promise<Recipient[]> {
  const all = await coordinators.contacts();
  const addressees = addresseesAmong(all, about);
  const isHeard = addressees.some(({ email }) => email !== undefined);
  const handlers = isHeard ? addressees : [...new Set([...addressees, ...all.filter(isOfAllLabs)])];
  // Sending hours are those of a lab, also for what belongs to all of them.
  const hoursOf = rules.labs.has(about.labId) ? about.labId : [...rules.labs.keys()][0];
  if (hoursOf === undefined) return [];
  // One mailbox is one recipient, whatever offices it has: what is counted for it is counted together.
  const mailboxes = new Set(handlers.map((one) => all.find((other) => isSameMailbox(one, other)) ?? one));
  return [...mailboxes].map((one) => ({ memberId: recipientIdOf(one), labId: hoursOf }));
}

function isSameMailbox(one: CoordinatorContact, other: CoordinatorContact): boolean {
  return one.email !== undefined && other.email !== undefined && isSameEmail(one.email, other.email);
}

/** Writes to whoever handles the case: that there is something to read, never what. by: the member whose act it is. */
export async function tellCoordinators(
  ports: Ports,
  about: Pick<Case, 'id' | 'labId'>,
  { kind, step, by }: { kind: NoticeKind & `case_${string}`; step?: string; by?: string },
): Promise<void> {
  const news = {
    kind,
    subjectId: about.id,
    ...(step !== undefined && { step }),
    ...(by !== undefined && { thread: by }),
  };
  await notify(ports, await handlersOf(ports, about), news);
}

/** One of the two sides of a case. */
export type CaseParty = { readonly memberId: string } | { readonly coordinator: Coordinator };

/** @throws MentoringError not_found for anybody who is on neither side */
export async function getCaseOf(ports: Ports, by: CaseParty, caseId: string): Promise<{ found: Case; side: CaseSide }> {
  if ('memberId' in by) return { found: await getOwnCase(ports, { ...by, caseId }), side: 'member' };
  return { found: await getHandledCase(ports, { ...by, caseId }), side: 'coordinator' };
}

/** The request that an open case is about. @throws MentoringError case_over, request_not_open */
export async function getOpenRequest(ports: Ports, { status, requestId }: Case): Promise<MentoringRequest> {
  if (status !== 'open') throw new MentoringError('case_over');
  const request = requestId === undefined ? undefined : await ports.requests.find(requestId);
  if (request?.status !== 'open') throw new MentoringError('request_not_open');
  return request;
}
