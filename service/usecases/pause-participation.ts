// A member's own pause of everything: no proposals on either side; dialogues go on. It ends when they say so.
import { isCurrent } from '../domain/charter.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import { lapseAllUnanswered } from './pause-mentoring.ts';
import type { Ports } from './ports.ts';
import { getActiveMember, getMember } from './records.ts';
import { timersOfMember, waitingFor } from './waiting.ts';
import { wishMatching } from './wish-matching.ts';

/** What is not answered lapses like a refusal, with the same words at the same hour; a request keeps its place. */
export async function pauseParticipation(ports: Ports, { memberId }: { memberId: string }): Promise<Member> {
  const member = await getActiveMember(ports, memberId);
  const waits = waitingFor(ports, timersOfMember(ports, { ...member, status: 'paused' }));
  const paused = await ports.members.change(memberId, ['active'], { status: 'paused', ...waits });
  if (!paused) throw new MentoringError('member_paused');
  await lapseAllUnanswered(ports, memberId);
  return paused;
}

/** Takes part again. Harmless for somebody who does already. */
export async function resumeParticipation(ports: Ports, { memberId }: { memberId: string }): Promise<Member> {
  const member = await getMember(ports, memberId);
  if (member.status === 'active') return member;
  if (!isCurrent(member.charter)) throw new MentoringError('charter_outdated');
  await wishMatching(ports);
  const waits = waitingFor(ports, timersOfMember(ports, { ...member, status: 'active' }));
  const resumed = await ports.members.change(memberId, ['paused'], { status: 'active', ...waits });
  if (!resumed) throw new MentoringError('not_allowed');
  return resumed;
}
