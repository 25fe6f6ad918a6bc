import { confirmedEmail } from '../domain/own-address.ts';
import { headOf, mayAskToWiden, turnOf, type Case, type CaseHead, type CaseMessage } from '../domain/case.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import type { DialogueFormat, LabId } from '../domain/terms.ts';
import { getHandledCase, isAddressedTo, type Coordinator } from './case-records.ts';
import type { Ports } from './ports.ts';
import { viewRequest, type RequestView } from './view-request.ts';

/** over: found, withdrawn or expired, which are not told apart. */
export type CaseRequestState = 'open' | 'proposed' | 'over';

/** What whoever handles a case may know at a glance; nothing in it leads to the person. */
export interface CaseLine extends CaseHead {
  readonly isTheirTurn: boolean;
  readonly identityIsOpen: boolean;
  readonly request?: CaseRequestState;
}

export interface CaseRequest extends Pick<RequestView, 'outlook'> {
  readonly state: CaseRequestState;
  /** Absent once the request is gone. */
  readonly format?: DialogueFormat;
  readonly openedAt?: Date;
  readonly lapses?: number;
}

export interface CaseView extends Omit<CaseLine, 'request'> {
  readonly messages: readonly CaseMessage[];
  readonly request?: CaseRequest;
  readonly widenAskedAt?: Date;
  readonly mayAskToWiden: boolean;
  readonly mayRunMatch: boolean;
  /** Whether the person can show who they are to whoever looks. */
  readonly isAddressed: boolean;
  /** As long as the person has it open, for those to whom the case is addressed. */
  readonly identity?: { readonly name: string; readonly email: string; readonly labId: LabId };
}

/** One case for whoever handles it. @throws MentoringError not_found for everybody else */
export async function viewCase(
  ports: Ports,
  { coordinator, caseId }: { coordinator: Coordinator; caseId: string },
): Promise<CaseView> {
  const found = await getHandledCase(ports, { coordinator, caseId });
  const [request, identity] = await Promise.all([requestOf(ports, found), identityOf(ports, coordinator, found)]);
  const isOpen = found.status === 'open' && request?.state === 'open';
  return {
    ...lineOf(coordinator, found),
    messages: found.messages,
    ...(request && { request }),
    ...(found.widenAskedAt && { widenAskedAt: found.widenAskedAt }),
    mayAskToWiden: isOpen && mayAskToWiden(found, ports.clock.now()),
    mayRunMatch: isOpen,
    isAddressed: isAddressedTo(coordinator, found),
    ...(identity && { identity }),
  };
}

/** The case without anything of the person's. */
export function lineOf(coordinator: Coordinator, found: Case): Omit<CaseLine, 'request'> {
  return {
    ...headOf(found),
    isTheirTurn: found.status === 'open' && turnOf(found) === 'member',
    identityIsOpen: found.identityOpenedAt !== undefined && isAddressedTo(coordinator, found),
  };
}

export function stateOf(request: Pick<MentoringRequest, 'status'> | undefined): CaseRequestState {
  return request?.status === 'open' || request?.status === 'proposed' ? request.status : 'over';
}

async function requestOf(ports: Ports, { requestId, memberId }: Case): Promise<CaseRequest | undefined> {
  if (requestId === undefined) return undefined;
  const request = await ports.requests.find(requestId);
  if (!request) return { state: 'over' };
  const { wishes, openedAt, lapses } = request;
  const facts = { state: stateOf(request), format: wishes.format, openedAt, lapses };
  if (facts.state !== 'open') return facts;
  // As on the person's own page.
  const { outlook } = (await viewRequest(ports, { memberId })) ?? {};
  return { ...facts, ...(outlook && { outlook }) };
}

async function identityOf(ports: Ports, coordinator: Coordinator, found: Case): Promise<CaseView['identity']> {
  if (found.identityOpenedAt === undefined || !isAddressedTo(coordinator, found)) return undefined;
  const member = await ports.members.find(found.memberId);
  return member && { name: member.name, email: confirmedEmail(member), labId: member.labId };
}
