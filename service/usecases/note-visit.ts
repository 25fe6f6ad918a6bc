import { toLocal } from '../domain/calendar.ts';
import type { Member } from '../domain/member.ts';
import type { Ports } from './ports.ts';
import { timersOfMember, waitingFor } from './waiting.ts';

/**
 * Notes the day of a visit, once a day: an account that nobody uses for a year is erased. Letters that were to bring the
 * person here have no meaning any more; whatever ends something still does.
 */
export async function noteVisit(ports: Ports, member: Member): Promise<void> {
  if (!['active', 'paused', 'excluded'].includes(member.status)) return;
  const lab = ports.rules.labs.get(member.labId);
  const seenOn = toLocal(ports.clock.now(), lab?.calendar.zone ?? ports.rules.zone).date;
  if (member.seenOn === seenOn) return;
  // A lab that was taken out of the configuration has no calendar to count in.
  const waits = lab && waitingFor(ports, timersOfMember(ports, { ...member, seenOn }));
  await ports.members.changeIfStill(member, [member.status], { seenOn, ...waits });
}
