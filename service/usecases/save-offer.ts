import { MentoringError } from '../domain/errors.ts';
import { capacityBounds, type Member, type MentorOffer } from '../domain/member.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';

/** Saves what a mentor offers. A capacity below what is under way ends nothing: it only brings nobody new. */
export async function saveOffer(
  ports: Ports,
  { memberId, offer }: { memberId: string; offer: Omit<MentorOffer, 'pausedUntil'> },
): Promise<Member> {
  const member = await getActiveMember(ports, memberId);
  const { least, most } = capacityBounds;
  if (!Number.isInteger(offer.capacity) || offer.capacity < least || offer.capacity > most) {
    throw new MentoringError('capacity_invalid');
  }
  if (offer.formats.length === 0 || (offer.topics.length === 0 && !offer.keptForConversation)) {
    throw new MentoringError('profile_incomplete');
  }
  const pausedUntil = member.offer?.pausedUntil;
  const saved = await ports.members.change(memberId, ['active'], {
    offer: { ...offer, ...(pausedUntil && { pausedUntil }) },
  });
  if (!saved) throw new MentoringError('member_paused');
  return saved;
}
