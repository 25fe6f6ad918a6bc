// Everything the programme does by itself, on one screen: what, how often, and the one use case it calls. Each is a sweep
// over what is due by the programme's clock: short, harmless when repeated, and a missed turn loses nothing.
import { askToConfirm } from '../usecases/ask-to-confirm.ts';
import { askToSign } from '../usecases/ask-to-sign.ts';
import type { TrailVerdict } from '../domain/audit.ts';
import type { HealthRecord } from '../domain/health.ts';
import { findTwins } from '../usecases/find-twins.ts';
import { sweepTwins } from '../usecases/sweep-twins.ts';
import { mendForgotten } from '../usecases/mend-forgotten.ts';
import type { ListJobs, Ports } from '../usecases/ports.ts';
import { purgeEnded } from '../usecases/purge-ended.ts';
import { purgeSurveys } from '../usecases/purge-surveys.ts';
import { runDemandedMatching } from '../usecases/run-demanded-matching.ts';
import { runRegularMatching } from '../usecases/run-regular-matching.ts';
import { runWishedMatching } from '../usecases/run-wished-matching.ts';
import { settleProposals } from '../usecases/settle-proposals.ts';
import { sweepCases } from '../usecases/sweep-cases.ts';
import { sweepExclusions } from '../usecases/sweep-exclusions.ts';
import { sweepDialogues } from '../usecases/sweep-dialogues.ts';
import { sweepMembers } from '../usecases/sweep-members.ts';
import { sweepHealth } from '../usecases/sweep-health.ts';
import { sweepMeetings } from '../usecases/sweep-meetings.ts';
import { sweepReferralSheets } from '../usecases/sweep-referral-sheets.ts';
import { sweepRequests } from '../usecases/sweep-requests.ts';
import { sweepProposals } from '../usecases/sweep-proposals.ts';
import { takeOutlook } from '../usecases/take-outlook.ts';
import { takeSnapshot } from '../usecases/take-snapshot.ts';
import { watchTrail } from '../usecases/watch-trail.ts';

/** Figures of one turn, for the log: counts only. */
export type JobReport = Readonly<Record<string, number>>;

export interface Job {
  readonly name: string;
  /** "10 seconds", "1 minute", "1 hour", "1 day", or a cron expression. */
  readonly every: string;
  /** signal: the service is stopping; a long turn ends early and goes on at the next one. */
  run(signal: AbortSignal): Promise<JobReport>;
}

export interface ScheduleParts {
  readonly ports: Ports;
  /** Sends the mails that are due. */
  readonly deliverDue: (options: { signal: AbortSignal }) => Promise<object>;
  /** Deletes what the outbox settled before an instant. */
  readonly purgeOutbox: (before: Date) => Promise<number>;
  /** The jobs as their records tell them; none where no worker keeps any. */
  readonly listJobs?: ListJobs;
  /** Told what each look at the programme's health found. */
  readonly tellHealth?: (record: HealthRecord) => void;
  /** Told once a day where the audit trail ends, and whether it is whole. */
  readonly tellTrail?: (verdict: TrailVerdict) => void;
}

const outboxDays = 90;

/** In the order in which `runAllOnce` does them: what ends first, then what begins, the mails of all of it last. */
export function programmeJobs({ ports, deliverDue, purgeOutbox, tellTrail, ...watch }: ScheduleParts): readonly Job[] {
  const { clock } = ports;
  return [
    { name: 'sweep-proposals', every: '1 minute', run: async () => counted(await sweepProposals(ports)) },
    { name: 'settle-proposals', every: '1 minute', run: async () => counted(await settleProposals(ports)) },
    { name: 'match', every: '1 minute', run: async (signal) => counted(await runRegularMatching(ports, { signal })) },
    {
      name: 'match-wished',
      every: '1 minute',
      run: async (signal) => counted(await runWishedMatching(ports, { signal })),
    },
    {
      name: 'match-demanded',
      every: '3 seconds',
      run: async (signal) => counted(await runDemandedMatching(ports, { signal })),
    },
    { name: 'sweep-dialogues', every: '1 minute', run: async () => counted(await sweepDialogues(ports)) },
    { name: 'sweep-meetings', every: '1 minute', run: async () => counted(await sweepMeetings(ports)) },
    { name: 'ask-to-confirm', every: '1 hour', run: async () => counted(await askToConfirm(ports)) },
    { name: 'find-twins', every: '1 hour', run: async () => counted(await findTwins(ports)) },
    { name: 'sweep-twins', every: '1 minute', run: async () => counted(await sweepTwins(ports)) },
    { name: 'ask-to-sign', every: '1 hour', run: async () => counted(await askToSign(ports)) },
    { name: 'sweep-exclusions', every: '1 minute', run: async () => counted(await sweepExclusions(ports)) },
    { name: 'sweep-members', every: '1 minute', run: async () => counted(await sweepMembers(ports)) },
    { name: 'sweep-requests', every: '1 minute', run: async () => counted(await sweepRequests(ports)) },
    { name: 'referral-check', every: '1 hour', run: async () => counted(await sweepReferralSheets(ports)) },
    { name: 'sweep-cases', every: '1 minute', run: async () => counted(await sweepCases(ports)) },
    { name: 'mend-forgotten', every: '1 day', run: async () => counted(await mendForgotten(ports)) },
    { name: 'purge-ended', every: '1 day', run: async () => counted(await purgeEnded(ports)) },
    { name: 'purge-surveys', every: '1 day', run: async () => counted(await purgeSurveys(ports)) },
    { name: 'audit-trail', every: '1 day', run: async () => counted(await watchTrail(ports, tellTrail)) },
    { name: 'snapshot', every: '1 hour', run: async () => ({ done: Number(await takeSnapshot(ports)) }) },
    { name: 'outlook', every: '15 minutes', run: async () => ({ done: Number(await takeOutlook(ports)) }) },
    { name: 'mail', every: '5 seconds', run: async (signal) => counted(await deliverDue({ signal })) },
    { name: 'purge-outbox', every: '1 day', run: async () => ({ done: await purgeOutbox(daysBefore(clock.now())) }) },
    { name: 'sweep-health', every: '15 minutes', run: () => look(ports, watch) },
  ];
}

type Watch = Pick<ScheduleParts, 'listJobs' | 'tellHealth'>;

/** Tells by itself what it found: nothing is left for the log. */
async function look(ports: Ports, { listJobs = () => Promise.resolve([]), tellHealth }: Watch): Promise<JobReport> {
  tellHealth?.(await sweepHealth(ports, listJobs));
  return {};
}

/** Keeps the numbers of a use case's answer; everything else is not for the log. */
function counted(answer: object | undefined): JobReport {
  const numbers = Object.entries(answer ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(numbers);
}

function daysBefore(now: Date): Date {
  return new Date(now.getTime() - outboxDays * 86_400_000);
}

/** What one turn of a job gave; a job that fails does not stop the next one. */
export interface Turn {
  readonly name: string;
  readonly report?: JobReport;
  /** What it threw, for whoever reports it. */
  readonly error?: unknown;
}

/** Does every job once, in order, without Agenda: for tests, the demonstration's clock and the command line. */
export async function runAllOnce(jobs: readonly Job[], signal = new AbortController().signal): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const job of jobs) {
    try {
      turns.push({ name: job.name, report: await job.run(signal) });
    } catch (error) {
      turns.push({ name: job.name, error });
    }
  }
  return turns;
}
