import { MentoringError } from '../domain/errors.ts';
import type { MentoringRequest, Wishes } from '../domain/mentoring-request.ts';
import type { Ports } from './ports.ts';
import { getActiveMember } from './records.ts';
import { wishMatching } from './wish-matching.ts';

/** Changes what an open request asks for; the time it has waited is kept. A proposal under way is answered first. */
export async function changeWishes(
  ports: Ports,
  { memberId, wishes }: { memberId: string; wishes: Wishes },
): Promise<MentoringRequest> {
  await getActiveMember(ports, memberId);
  if (wishes.topics.length === 0 && !wishes.keptForConversation) throw new MentoringError('profile_incomplete');
  const request = await ports.requests.findLive(memberId);
  if (!request) throw new MentoringError('request_not_open');
  await wishMatching(ports);
  const changed = await ports.requests.change(request.id, ['open'], { wishes });
  if (!changed) throw new MentoringError('request_not_open');
  return changed;
}
