import { checkAvailability, type Availability } from '../domain/availability.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import { confirmed } from './confirm-offer.ts';
import { editMember, isSame } from './edit-member.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';
import { wishMatching } from './wish-matching.ts';

/** Saves the week and the absences of a member who has a profile. */
export async function saveAvailability(
  ports: Ports,
  { memberId, availability, seen }: { memberId: string; availability: Availability; seen?: number | undefined },
): Promise<Member> {
  checkAvailability(availability);
  if ((await getActiveMember(ports, memberId)).offer) await wishMatching(ports);
  const saved = await editMember(
    ports,
    { area: 'week', seen, from: ['active'] },
    {
      read: () => getActiveMember(ports, memberId),
      make: (member) => {
        if (!member.profile) throw new MentoringError('profile_incomplete');
        return {
          profile: { ...member.profile, availability },
          ...(member.offer && confirmed(ports, member, member.offer)),
        };
      },
      same: ({ profile }) => isSame(profile?.availability, availability),
    },
  );
  if (!saved) throw new MentoringError('member_paused');
  return saved;
}
