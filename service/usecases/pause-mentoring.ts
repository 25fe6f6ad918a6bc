import { MentoringError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import { sideOf } from '../domain/proposal.ts';
import { confirmed } from './confirm-offer.ts';
import { editMember } from './edit-member.ts';
import { lapseAtNextRun } from './end-proposal.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';
import { wishMatching } from './wish-matching.ts';

/** Pauses the offer from now until a local date, or takes it up again when none is given. Dialogues go on. */
export async function pauseMentoring(
  ports: Ports,
  { memberId, until }: { memberId: string; until?: string },
): Promise<Member> {
  if (!until) await wishMatching(ports);
  const saved = await editMember(
    ports,
    { areas: ['rest'], from: ['active'] },
    {
      read: () => getActiveMember(ports, memberId),
      make: (member) => {
        if (!member.offer) throw new MentoringError('not_found');
        const { pausedFrom: _from, pausedUntil: _until, ...rest } = member.offer;
        return {
          ...confirmed(ports, member, { ...rest, ...(until && { pausedUntil: until }) }),
          ...(!until && { silent: null }),
        };
      },
    },
  );
  if (!saved) throw new MentoringError('member_paused');
  if (until) await lapseUnanswered(ports, memberId);
  return saved;
}

/** What a mentor who pauses has not answered lapses like a refusal, with the same words at the same hour. */
export async function lapseUnanswered(ports: Ports, mentorId: string): Promise<void> {
  for (const proposal of await ports.proposals.listLiveOf(mentorId)) {
    if (proposal.mentorId === mentorId && !proposal.answers.mentor) await lapseAtNextRun(ports, proposal);
  }
}

/** The same for everything that somebody who pauses has not answered, on either side. */
export async function lapseAllUnanswered(ports: Ports, memberId: string): Promise<void> {
  for (const proposal of await ports.proposals.listLiveOf(memberId)) {
    if (!proposal.answers[sideOf(proposal, memberId)]) await lapseAtNextRun(ports, proposal);
  }
}
