// What records wait for, with the programme's delays and the calendars of the labs concerned.
import { dialogueTimers, type Dialogue } from '../domain/dialogue.ts';
import { nextDue, type Due, type Timer } from '../domain/follow-up.ts';
import { memberTimers, type Member } from '../domain/member.ts';
import { requestTimers, type MentoringRequest } from '../domain/mentoring-request.ts';
import { proposalTimers, type Proposal } from '../domain/proposal.ts';
import type { Ports } from './ports.ts';
import { getLab, pairCalendar, type Pair } from './records.ts';

type MemberFacts = Parameters<typeof memberTimers>[0] & Pick<Member, 'labId'>;
type RequestFacts = Pick<MentoringRequest, 'openedAt' | 'labId'>;

export function timersOfMember(ports: Ports, member: MemberFacts): Timer[] {
  return memberTimers(member, { steps: ports.rules.steps, calendar: getLab(ports, member.labId).calendar });
}

export function timersOfRequest(ports: Ports, request: RequestFacts): Timer[] {
  return requestTimers(request, { steps: ports.rules.steps, calendar: getLab(ports, request.labId).calendar });
}

export function timersOfProposal(ports: Ports, proposal: Pair & Pick<Proposal, 'sentAt' | 'lapseAt'>): Timer[] {
  const { steps, zone } = ports.rules;
  return proposalTimers(proposal, { steps, zone, calendar: pairCalendar(ports, proposal) });
}

export function timersOfDialogue(ports: Ports, dialogue: Dialogue): Timer[] {
  return dialogueTimers(dialogue, { steps: ports.rules.steps, calendar: pairCalendar(ports, dialogue) });
}

/**
 * The first thing to come of these timers, as the change of a record that waits. after: for a state that began earlier, so
 * that what has come since is done by the next sweep; what begins at once, before everything.
 */
export function waitingFor(
  ports: Ports,
  timers: readonly Timer[],
  after: Date = ports.clock.now(),
): { due: Due } | undefined {
  const due = nextDue(timers, after);
  return due && { due };
}

/** The instant after which a record has everything still to come: before what it waits for already, if that is overdue. */
export function notYetDone(ports: Ports, { due }: { readonly due?: Due }): Date {
  const now = ports.clock.now();
  return due && due.at <= now ? new Date(due.at.getTime() - 1) : now;
}
