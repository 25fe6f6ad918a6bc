import { toLocal } from '../domain/calendar.ts';
import type { Member } from '../domain/member.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';
import { timersOfMember, waitingFor } from './waiting.ts';

/** Notes the day of a visit, once a day: an account that nobody uses for a year is erased. */
export async function noteVisit(ports: Ports, member: Member): Promise<void> {
  if (member.status !== 'active' && member.status !== 'paused') return;
  const seenOn = toLocal(ports.clock.now(), getLab(ports, member.labId).calendar.zone).date;
  if (member.seenOn === seenOn) return;
  const waits = waitingFor(ports, timersOfMember(ports, { ...member, seenOn }));
  // What is due already is left to the sweep.
  const isDue = member.due !== undefined && member.due.at <= ports.clock.now();
  await ports.members.change(member.id, [member.status], { seenOn, ...(!isDue && waits) });
}
