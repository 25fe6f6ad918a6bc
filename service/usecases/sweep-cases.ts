import type { Case } from '../domain/case.ts';
import type { Due } from '../domain/follow-up.ts';
import { tellCoordinators, timersOfCase } from './case-records.ts';
import { endCase } from './close-case.ts';
import { follow } from './follow.ts';
import type { Ports } from './ports.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Reminds those who handle a quiet case, closes what is about a request that is over, deletes what was closed for long. */
export async function sweepCases(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'cases',
    list: (limit) => ports.cases.listDue(ports.clock.now(), limit),
    act: (one) => followCase(ports, one),
  });
}

async function followCase(ports: Ports, one: Case): Promise<void> {
  const { due } = one;
  if (!due) return;
  await follow(ports, {
    due,
    timers: timersOfCase(ports, one),
    act: (step) => act(ports, one, step),
    advance: (done, next) => ports.cases.advance(one.id, done, next),
  });
}

async function act(ports: Ports, one: Case, { step }: Due): Promise<boolean> {
  if (step === 'case_purge') {
    await ports.cases.purge(one.id);
    return true;
  }
  if (await isOver(ports, one)) {
    await endCase(ports, one);
    return true;
  }
  // Counted anew from each act of either side.
  const turn = `${one.quietSince.toISOString()} ${step}`;
  if (step.startsWith('case_reminder')) await tellCoordinators(ports, one, { kind: 'case_waiting', step: turn });
  return false;
}

/** Somebody was found, or the person does not look any more. */
async function isOver(ports: Ports, { requestId }: Case): Promise<boolean> {
  if (requestId === undefined) return false;
  const request = await ports.requests.find(requestId);
  return request === undefined || request.status === 'matched' || request.status === 'closed';
}
