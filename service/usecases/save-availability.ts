import { checkAvailability, type Availability } from '../domain/availability.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import { confirmed } from './confirm-offer.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';
import { wishMatching } from './wish-matching.ts';

/** Saves the week and the absences of a member who has a profile. */
export async function saveAvailability(
  ports: Ports,
  { memberId, availability }: { memberId: string; availability: Availability },
): Promise<Member> {
  const member = await getActiveMember(ports, memberId);
  if (!member.profile) throw new MentoringError('profile_incomplete');
  if (member.offer) await wishMatching(ports);
  const profile = { ...member.profile, availability: checkAvailability(availability) };
  const saved = await ports.members.change(memberId, ['active'], {
    profile,
    ...(member.offer && confirmed(ports, member, member.offer)),
  });
  if (!saved) throw new MentoringError('member_paused');
  return saved;
}
