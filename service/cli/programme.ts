// Running the programme by hand: a matching run now, and what waits.
import { listJobs } from '../jobs/health.ts';
import { runMatching } from '../usecases/run-matching.ts';
import { DeedError, exitCodes, UsageError, type Command } from './command.ts';
import { table } from './table.ts';

export const match: Command = {
  name: 'match',
  summary: 'Matches the open requests with the free places now, and sends the proposals.',
  options: {
    'dry-run': { text: 'Computes and tells, proposes nothing' },
    seed: { value: 'NUMBER', text: 'Settles what is equal, so that a run can be repeated' },
  },
  async run(context, values) {
    const seed = seedOf(values['seed']);
    const { ports } = await context.openCore();
    const dryRun = values['dry-run'] === true;
    const begun = performance.now();
    const onProgress = (done: number, of: number): void => void process.stderr.write(`${done} of ${of} proposed\n`);
    const run = await runMatching(ports, { dryRun, onProgress, ...(seed !== undefined && { seed }) });
    context.say(`${run.requests} open requests, ${run.places} free places, ${run.served} requests can be served.`);
    if (run.lowest !== undefined && run.served > 0) {
      context.say(`Lowest score ${run.lowest}, mean ${Math.round((run.total ?? 0) / run.served)}.`);
    }
    context.say(
      dryRun
        ? 'Nothing was proposed (dry run).'
        : `${run.proposed} proposals sent, ${run.skipped} overtaken meanwhile.`,
    );
    context.say(
      `Seed ${run.seed}, rules ${run.rulesVersion}, input ${run.inputHash}, ${Math.round(performance.now() - begun)} ms.`,
    );
    return exitCodes.done;
  },
};

function seedOf(value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seed = Number(value);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new UsageError('--seed must be a whole number from 0 to 4294967295.');
  }
  return seed;
}

const most = 1000;

export const jobs: Command = {
  name: 'jobs',
  summary: 'Tells what is due, and how the jobs of the service are doing.',
  options: {},
  async run(context) {
    const { ports, queue, connection } = await context.openCore();
    const now = ports.clock.now();
    const stores = {
      proposals: ports.proposals,
      dialogues: ports.dialogues,
      meetings: ports.meetings,
      members: ports.members,
    };
    for (const [name, store] of Object.entries(stores)) {
      const count = (await store.listDue(now, most)).length;
      context.say(`${String(count).padStart(6)} ${name} due${count === most ? ' at least' : ''}`);
    }
    const mail = await queue.stats(now);
    context.say(
      `${String(mail.due).padStart(6)} mails due, ${mail.pending} waiting in all, ${mail.refused + mail.exhausted} given up`,
    );
    if (connection.db === undefined) throw new DeedError('The database is away.');
    const known = await listJobs(connection.db, new Date());
    const rows = known.map(({ name, every, lastFinishedAt, isRunning, isOverdue, failReason }) => [
      name,
      every,
      lastFinishedAt?.toISOString().slice(0, 19) ?? 'never',
      isRunning ? 'running' : isOverdue ? 'overdue' : 'on time',
      failReason ?? '',
    ]);
    if (rows.length > 0)
      for (const line of ['', ...table(['job', 'every', 'last done (UTC)', 'state', 'failure'], rows)])
        context.say(line);
    return exitCodes.done;
  },
};
