import { MentoringError } from '../domain/errors.ts';
import { stepsCome } from '../domain/follow-up.ts';
import type { Member } from '../domain/member.ts';
import type { MentorOffer } from '../domain/mentor-offer.ts';
import { editMember } from './edit-member.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';
import { timersOfMember, waitingFor } from './waiting.ts';

/** A mentor says with one click that the offer and the week are still so; the question comes again in half a year. */
export async function confirmOffer(ports: Ports, { memberId }: { memberId: string }): Promise<Member> {
  const saved = await editMember(
    ports,
    { areas: ['rest'], from: ['active'] },
    {
      read: () => getActiveMember(ports, memberId),
      make: (member) => {
        if (!member.offer) throw new MentoringError('not_found');
        return confirmed(ports, member, member.offer);
      },
    },
  );
  if (!saved) throw new MentoringError('member_paused');
  return saved;
}

/** The change that saves an offer as of now, with what the record waits for from then on. */
export function confirmed(ports: Ports, member: Member, offer: MentorOffer) {
  const fresh = { ...offer, confirmedAt: ports.clock.now() };
  return { offer: fresh, ...waitingFor(ports, timersOfMember(ports, { ...member, offer: fresh })) };
}

/** Whether half a year has passed since the mentor last said that the offer is still so. */
export function isOfferToConfirm(ports: Ports, member: Member): boolean {
  return stepsCome(timersOfMember(ports, member), ports.clock.now()).some(
    ({ step }) => step === 'availability_confirm',
  );
}
