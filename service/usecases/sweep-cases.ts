import { openCaseTimers, type Case } from '../domain/case.ts';
import { stepsToDo } from '../domain/follow-up.ts';
import { caseCalendar, dueOfCase, tellCoordinators } from './case-records.ts';
import { endCase } from './close-case.ts';
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
  if (one.status === 'closed') return ports.cases.purge(one.id);
  if (await isOver(ports, one)) return endCase(ports, one);
  const timers = openCaseTimers(one, { steps: ports.rules.steps, calendar: caseCalendar(ports, one) });
  const reminder = stepsToDo(timers, due, ports.clock.now()).find(({ step }) => step.startsWith('case_reminder'));
  if (reminder) {
    const step = `${one.quietSince.toISOString()} ${reminder.step}`;
    await tellCoordinators(ports, one, { kind: 'case_waiting', step });
  }
  await ports.cases.advance(one.id, due, dueOfCase(ports, one));
}

/** Somebody was found, or the person does not look any more. */
async function isOver(ports: Ports, { requestId }: Case): Promise<boolean> {
  if (requestId === undefined) return false;
  const request = await ports.requests.find(requestId);
  return request === undefined || request.status === 'matched' || request.status === 'closed';
}
