// What a moved clock sets going: the programme's own sweeps and its mailer, and the next instant at which they find work.
import { fromLocal, nextRegularRun, toLocal } from '../domain/calendar.ts';
import { eraseWithdrawn } from '../usecases/erase-withdrawn.ts';
import { runRegularMatching } from '../usecases/run-regular-matching.ts';
import { settleProposals } from '../usecases/settle-proposals.ts';
import { sweepDialogues } from '../usecases/sweep-dialogues.ts';
import { sweepMeetings } from '../usecases/sweep-meetings.ts';
import { sweepProposals } from '../usecases/sweep-proposals.ts';
import { takeSnapshot } from '../usecases/take-snapshot.ts';
import type { Core } from '../wiring.ts';
import type { MovableClock } from './clock.ts';
import type { Tick, World } from './travel.ts';

const endOfTime = new Date(8_640_000_000_000_000);
const snapshotMinutes = 3 * 60;

export function worldOf(
  { ports, queue, mailer }: Pick<Core, 'ports' | 'queue' | 'mailer'>,
  clock: MovableClock,
): World {
  const deeds = {
    settled: async () => (await settleProposals(ports)).done,
    proposals: async () => (await sweepProposals(ports)).done,
    meetings: async () => (await sweepMeetings(ports)).done,
    dialogues: async () => (await sweepDialogues(ports)).done,
    matched: async () => (await runRegularMatching(ports))?.proposed ?? 0,
    snapshots: async () => Number(await takeSnapshot(ports)),
    erased: async () => (await eraseWithdrawn(ports)).done,
  };
  return {
    clock,
    async tick(): Promise<Tick> {
      const done: Record<string, number> = {};
      for (const [name, deed] of Object.entries(deeds)) done[name] = await deed();
      return { deeds: done, mails: (await mailer.deliverDue()).sent };
    },
    async nextDue(now) {
      const oldest = await Promise.all([
        ...[ports.proposals, ports.meetings, ports.dialogues, ports.members].map(async (store) => {
          const [first] = await store.listDue(endOfTime, 1);
          return first?.due?.at;
        }),
        queue.stats(endOfTime).then(({ oldestDueAt }) => oldestDueAt),
      ]);
      const { zone } = ports.rules;
      const ahead = [...oldest, nextRegularRun(zone, now), nextSnapshot(zone, now)]
        .map((at) => at?.getTime() ?? Infinity)
        // What is overdue and still there could not be done: waiting for it would stand still.
        .filter((at) => at > now.getTime());
      const next = Math.min(...ahead);
      return Number.isFinite(next) ? new Date(next) : undefined;
    },
  };
}

/** The first of the next month, 03:00: figures are frozen. */
function nextSnapshot(zone: string, now: Date): Date {
  const [year = 0, month = 0] = toLocal(now, zone).date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  return fromLocal({ date: first, minutes: snapshotMinutes }, zone);
}
