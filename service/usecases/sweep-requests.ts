import type { Due } from '../domain/follow-up.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import { follow } from './follow.ts';
import { notify, type News } from './notify.ts';
import { openCase } from './open-case.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { timersOfRequest } from './waiting.ts';

/** Sends news to those who wait, asks a coordinator to look, and ends a request when its days are over. */
export async function sweepRequests(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'requests',
    list: (limit) => ports.requests.listDue(ports.clock.now(), limit),
    act: (request) => followRequest(ports, request),
  });
}

async function followRequest(ports: Ports, request: MentoringRequest): Promise<void> {
  const { due } = request;
  if (!due) return;
  await follow(ports, {
    due,
    timers: timersOfRequest(ports, request),
    act: (step) => act(ports, request, step),
    advance: (done, next) => ports.requests.advance(request.id, done, next),
  });
}

async function act(ports: Ports, request: MentoringRequest, { step }: Due): Promise<boolean> {
  const { id: requestId, memberId, labId } = request;
  if (step === 'expire') {
    await expire(ports, request);
    return true;
  }
  if (step === 'escalate') await openCase(ports, { kind: 'waiting', requestId, memberId, labId });
  else if (step === 'expiry_notice') await tell(ports, request, { kind: 'request_expiry_notice' });
  else if (await isTakingPart(ports, memberId)) await tell(ports, request, { kind: 'waiting_news', step });
  return false;
}

/** Told before the act: the notice leaves in the sending hours, and only if the request is over by then. */
async function expire(ports: Ports, request: MentoringRequest): Promise<void> {
  await tell(ports, request, { kind: 'request_expired' });
  await ports.requests.change(request.id, ['open'], {
    status: 'closed',
    outcome: 'expired',
    message: null,
    closedAt: ports.clock.now(),
    due: null,
  });
}

async function tell(ports: Ports, request: MentoringRequest, news: Omit<News, 'subjectId'>): Promise<void> {
  await notify(ports, [request], { ...news, subjectId: request.id });
}

/** Somebody who paused is not kept waiting: there is no news for them. */
async function isTakingPart(ports: Ports, memberId: string): Promise<boolean> {
  return (await getMember(ports, memberId)).status === 'active';
}
