import { quarterOf, toLocal } from '../domain/calendar.ts';
import { coordinatorsOf, recipientIdOf } from '../domain/coordinator.ts';
import { nextDue, type Due, type Timer } from '../domain/follow-up.ts';
import { sheetTimers, type ReferralSheet } from '../domain/referral-check.ts';
import { follow } from './follow.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Asks each lab's coordinators every so often to verify its referral sheet, and lets pages say when nobody did. */
export async function sweepReferralSheets(ports: Ports): Promise<SweepCount> {
  await meetLabs(ports);
  return sweep(ports, {
    name: 'referral sheets',
    list: (limit) => ports.referralSheets.listDue(ports.clock.now(), limit),
    act: (sheet) => followSheet(ports, sheet),
  });
}

/** Labs come and go with the configuration; one that was never verified counts from its first day here. */
async function meetLabs(ports: Ports): Promise<void> {
  const known = new Set((await ports.referralSheets.list()).map(({ id }) => id));
  const { labs } = ports.rules;
  const since = ports.clock.now();
  for (const id of labs.keys()) {
    if (!known.has(id))
      await ports.referralSheets.insert({ id, status: 'current', since, due: firstDue(ports, id, since) });
  }
  for (const id of known) if (!labs.has(id)) await ports.referralSheets.remove(id);
}

function timersOf(ports: Ports, sheet: Pick<ReferralSheet, 'id' | 'since'>): Timer[] {
  return sheetTimers(sheet, { steps: ports.rules.steps, calendar: getLab(ports, sheet.id).calendar });
}

/** What a sheet waits for that was verified, or met, at an instant. */
export function firstDue(ports: Ports, labId: string, since: Date): Due {
  const due = nextDue(timersOf(ports, { id: labId, since }), since);
  if (!due) throw new Error('a referral sheet is asked about for ever');
  return due;
}

async function followSheet(ports: Ports, sheet: ReferralSheet): Promise<void> {
  await follow(ports, {
    due: sheet.due,
    timers: timersOf(ports, sheet),
    act: async ({ step }) => {
      await (step === 'sheet_stale' ? tellEverybody(ports, sheet) : ask(ports, sheet));
      return false;
    },
    advance: (done, next) => ports.referralSheets.advance(sheet.id, done, next),
  });
}

async function tellEverybody({ referralSheets }: Ports, { id, since }: ReferralSheet): Promise<void> {
  await referralSheets.change(id, { from: ['current', 'asked'], since }, { status: 'overdue' });
}

/** At most once a quarter, whatever happens: the quarter is part of the notice's key. */
async function ask(ports: Ports, { id, status, since }: ReferralSheet): Promise<void> {
  const askedQuarter = quarterOf(toLocal(ports.clock.now(), ports.rules.zone).date);
  const reachable = coordinatorsOf(await ports.coordinators.contacts(), id).filter(({ email }) => email !== undefined);
  const recipients = reachable.map((one) => ({ memberId: recipientIdOf(one), labId: id }));
  await notify(ports, recipients, { kind: 'referral_check', subjectId: id, step: askedQuarter });
  const asked = { status: status === 'overdue' ? status : 'asked', askedQuarter } as const;
  await ports.referralSheets.change(id, { from: [status], since }, asked);
}
