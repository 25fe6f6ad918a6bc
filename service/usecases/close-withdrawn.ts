import type { MentoringRequest } from '../domain/mentoring-request.ts';
import type { Ports } from './ports.ts';

/** Closes a request of which no dialogue has come, as one that was taken back; undefined when it is over or matched. */
export async function closeWithdrawn(ports: Ports, requestId: string): Promise<MentoringRequest | undefined> {
  return ports.requests.change(requestId, ['open', 'proposed'], {
    status: 'closed',
    outcome: 'withdrawn',
    proposalId: null,
    message: null,
    closedAt: ports.clock.now(),
    due: null,
  });
}
