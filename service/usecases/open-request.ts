import { MentoringError } from '../domain/errors.ts';
import { messageLength, type MentoringRequest, type Wishes } from '../domain/mentoring-request.ts';
import type { Ports } from './ports.ts';
import { getActiveMember, getMember } from './records.ts';
import { withdrawLive } from './withdraw-request.ts';
import { timersOfRequest, waitingFor } from './waiting.ts';

export interface RequestInput {
  readonly memberId: string;
  readonly wishes: Wishes;
  readonly message?: string;
}

/** Opens the member's one request. */
export async function openRequest(
  ports: Ports,
  { memberId, wishes, message }: RequestInput,
): Promise<MentoringRequest> {
  const member = await getActiveMember(ports, memberId);
  if (wishes.topics.length === 0 && !wishes.keptForConversation) throw new MentoringError('profile_incomplete');
  if ((message?.length ?? 0) > messageLength) throw new MentoringError('message_too_long');
  const dialogues = await ports.dialogues.listOpenOf(memberId);
  if (dialogues.some(({ menteeId }) => menteeId === memberId)) throw new MentoringError('dialogue_already_open');
  const openedAt = ports.clock.now();
  const request: MentoringRequest = {
    id: ports.newId(),
    memberId,
    labId: member.labId,
    status: 'open',
    wishes,
    ...(message && { message }),
    openedAt,
    lapses: 0,
    ...waitingFor(ports, timersOfRequest(ports, { openedAt, labId: member.labId })),
  };
  if (!(await ports.requests.insert(request))) throw new MentoringError('request_already_open');
  // Whoever was excluded in this moment did not see the request, and it does not see the matching.
  if ((await getMember(ports, memberId)).status === 'excluded') {
    await withdrawLive(ports, request);
    throw new MentoringError('excluded');
  }
  return request;
}
