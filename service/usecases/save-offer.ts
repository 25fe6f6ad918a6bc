import { MentoringError } from '../domain/errors.ts';
import { capacityBounds, type Member, type MentorOffer } from '../domain/member.ts';
import { confirmed } from './confirm-offer.ts';
import { editMember, isSame } from './edit-member.ts';
import { lapseAtNextRun } from './end-proposal.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';
import { wishMatching } from './wish-matching.ts';

type OfferForm = Omit<MentorOffer, 'pausedUntil' | 'confirmedAt'>;

/** What the form says of an offer; a pause is not its business. */
function formOf(offer: MentorOffer | undefined): OfferForm | undefined {
  if (!offer) return undefined;
  const { topics, keptForConversation, formats, capacity } = offer;
  return { topics, keptForConversation, formats, capacity };
}

/** Saves what a mentor offers. */
export async function saveOffer(
  ports: Ports,
  { memberId, offer, seen }: { memberId: string; offer: OfferForm; seen?: number | undefined },
): Promise<Member> {
  await getActiveMember(ports, memberId);
  const { least, most } = capacityBounds;
  if (!Number.isInteger(offer.capacity) || offer.capacity < least || offer.capacity > most) {
    throw new MentoringError('capacity_invalid');
  }
  if (offer.formats.length === 0 || (offer.topics.length === 0 && !offer.keptForConversation)) {
    throw new MentoringError('profile_incomplete');
  }
  await wishMatching(ports);
  const saved = await editMember(
    ports,
    { area: 'offer', seen, from: ['active'] },
    {
      read: () => getActiveMember(ports, memberId),
      make: (member) => {
        const pausedUntil = member.offer?.pausedUntil;
        return confirmed(ports, member, { ...offer, ...(pausedUntil && { pausedUntil }) });
      },
      same: (member) => isSame(formOf(member.offer), offer),
    },
  );
  if (!saved) throw new MentoringError('member_paused');
  await giveUpExcess(ports, saved);
  return saved;
}

/** Proposals beyond a capacity that was lowered end like a refusal, the newest first; dialogues are never ended by it. */
async function giveUpExcess(ports: Ports, mentor: Member): Promise<void> {
  const excess = mentor.held.length - (mentor.offer?.capacity ?? 0);
  if (excess <= 0) return;
  const proposals = await ports.proposals.listLiveOf(mentor.id);
  const asMentor = proposals.filter(({ mentorId }) => mentorId === mentor.id);
  for (const { id } of asMentor.slice(-excess)) {
    const refused = await ports.proposals.answer(id, 'mentor', 'no');
    if (refused) await lapseAtNextRun(ports, refused);
  }
}
