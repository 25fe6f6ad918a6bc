import { MentoringError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import { editMember } from './edit-member.ts';
import { lapseUnanswered } from './pause-mentoring.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';

/** Stops offering to mentor, no reason asked. Dialogues go on until one of the two ends them. */
export async function withdrawOffer(ports: Ports, { memberId }: { memberId: string }): Promise<Member> {
  const saved = await editMember(
    ports,
    { areas: ['offer'], from: ['active'] },
    { read: () => getActiveMember(ports, memberId), make: () => ({ offer: null }) },
  );
  if (!saved) throw new MentoringError('member_paused');
  await lapseUnanswered(ports, memberId);
  return saved;
}
