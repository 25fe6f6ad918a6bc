// To whom a notice goes, as they are when it leaves: a member, or a coordinator in office.
import { findCoordinator } from '../domain/coordinator.ts';
import { usualHolidays } from '../domain/holidays.ts';
import type { Lab } from '../domain/lab.ts';
import { isOut, isReachable, type Member } from '../domain/member.ts';
import { isCodeOver } from '../domain/own-address.ts';
import { optionalNudges, type Notice, type NoticeKind } from '../domain/notice.ts';
import type { Ports } from '../usecases/ports.ts';
import { noticeRows } from './notices.ts';
import type { Addressee } from './ports.ts';

export interface Recipient {
  readonly addressee: Addressee;
  /** Absent for a coordinator. */
  readonly member?: Member;
}

type RecipientPorts = Pick<Ports, 'clock' | 'rules' | 'members' | 'coordinators' | 'hasher'>;

/** undefined for whoever left (what was looked up of them is told all the same), has no address, or does not want to be nudged. */
export async function findRecipient(ports: RecipientPorts, notice: Notice): Promise<Recipient | undefined> {
  if (noticeRows[notice.kind].about === 'coordinator') return coordinatorOf(ports, notice);
  const member = await ports.members.find(notice.memberId);
  const lab = member && ports.rules.labs.get(member.labId);
  if (member && lab && noticeRows[notice.kind].about === 'address') return newAddressOf(ports, notice, { member, lab });
  const isMeant =
    member && (noticeRows[notice.kind].about === 'disclosure' ? member.email !== '' : isReachable(member));
  if (!isMeant || !lab) return undefined;
  if (member.status === 'excluded' && !toExcluded.includes(notice.kind)) return undefined;
  if (member.nudgesOff && optionalNudges.includes(notice.kind)) return undefined;
  const { name, email, labId, locale } = member;
  const addressee = { name, email, labId, locale, zone: lab.calendar.zone, calendar: lab.calendar };
  return { member, addressee: { ...addressee, emailHash: ports.hasher.email(email) } };
}

/**
 * Of an address that somebody typed nobody knows whose it is: its letter names nobody, and does not leave once the code is
 * no longer the last one, or is too old.
 */
function newAddressOf(
  { hasher, clock }: RecipientPorts,
  { subjectId }: Notice,
  { member, lab }: { readonly member: Member; readonly lab: Lab },
): Recipient | undefined {
  const { pendingEmail: email, addressCode, labId, locale } = member;
  const isOpen = addressCode?.id === subjectId && !isCodeOver(addressCode, clock.now()) && !isOut(member);
  if (email === undefined || !isOpen) return undefined;
  const { calendar } = lab;
  return {
    member,
    addressee: { name: '', email, labId, locale, zone: calendar.zone, calendar, emailHash: hasher.email(email) },
  };
}

/** What somebody who was excluded is still written: the decision, what ended by it, and the end of their account. */
const toExcluded: readonly NoticeKind[] = [
  'exclusion_told',
  // Written before the person is let in again, and true a moment later.
  'exclusion_lifted',
  'dialogue_ended',
  'proposal_lapsed',
  'meeting_cancelled',
  'inactive_notice',
  'identity_disclosed',
];

async function coordinatorOf(
  { rules, coordinators, hasher }: RecipientPorts,
  { memberId }: Notice,
): Promise<Recipient | undefined> {
  const coordinator = findCoordinator(await coordinators.contacts(), memberId);
  if (coordinator?.email === undefined) return undefined;
  const { name = '', email, labId = '', locale } = coordinator;
  const ofAllLabs = { zone: rules.zone, closures: [], holidays: usualHolidays(rules.zone) };
  const calendar = rules.labs.get(labId)?.calendar ?? ofAllLabs;
  return { addressee: { name, email, labId, locale, zone: calendar.zone, calendar, emailHash: hasher.email(email) } };
}
