import { MentoringError } from '../domain/errors.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import { openRequest } from './open-request.ts';
import type { Ports } from './ports.ts';

/** Asks once more for what a request that expired asked for, in one click; its days begin anew. */
export async function reopenRequest(ports: Ports, { memberId }: { memberId: string }): Promise<MentoringRequest> {
  const last = await ports.requests.findLastClosed(memberId);
  if (last?.outcome !== 'expired') throw new MentoringError('not_found');
  return openRequest(ports, { memberId, wishes: last.wishes });
}
