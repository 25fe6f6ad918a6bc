import { fromLocal, quarterOf, toLocal } from '../domain/calendar.ts';
import { countProgramme } from '../domain/report/count.ts';
import { snapshotKey, type Snapshot } from '../domain/report/snapshot.ts';
import { releaseEndings, releaseQuality } from '../domain/report/endings.ts';
import type { Ports } from './ports.ts';

/** Hour of the first day of a month at which its figures are frozen, minutes after local midnight. */
const snapshotMinutes = 3 * 60;

/** Freezes the month's figures once, suppressed before they are stored. Returns whether it did. */
export async function takeSnapshot(ports: Ports): Promise<boolean> {
  const now = ports.clock.now();
  const { date } = toLocal(now, ports.rules.zone);
  const period = date.slice(0, 7);
  const key = snapshotKey(period);
  const from = fromLocal({ date: `${period}-01`, minutes: snapshotMinutes }, ports.rules.zone);
  if (now < from || (await ports.snapshots.has(key))) return false;
  const monthBefore = new Date(from);
  monthBefore.setUTCMonth(monthBefore.getUTCMonth() - 1);
  const [members, requests, proposals, dialogues] = await Promise.all([
    ports.census.members(),
    ports.census.requests(),
    ports.census.proposals(monthBefore),
    ports.census.openDialogues(),
  ]);
  const labIds = [...ports.rules.labs.keys()];
  const rows = countProgramme(labIds, { members, requests, proposals, dialogues });
  await ports.snapshots.insert({ key, period, takenAt: now, rows, ...(await release(ports, date)) });
  return true;
}

/** The figures of closed dialogues: a quarter is counted when the last of its dialogues is, 90 days after that closed. */
async function release(ports: Ports, today: string): Promise<Pick<Snapshot, 'endings' | 'quality'>> {
  const first = await ports.retention.firstLinked();
  const [facts, answers, last] = await Promise.all([
    ports.closings.list(),
    ports.surveys.list(),
    ports.snapshots.latest(),
  ]);
  const before = quarterOf(first ? toLocal(first, ports.rules.zone).date : today);
  const endings = releaseEndings({ facts, answers, before }, last?.endings);
  const quality = releaseQuality({ facts, answers, before }, last?.quality);
  return { ...(endings && { endings }), ...(quality && { quality }) };
}
