// Running the programme by hand: a matching run now.
import { runMatching } from '../usecases/run-matching.ts';
import { exitCodes, UsageError, type Command } from './command.ts';

export const match: Command = {
  name: 'match',
  act: (values) => (values['dry-run'] === true ? 'run_simulated' : 'run_started'),
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
    const onProgress = (done: number, of: number): void => {
      context.tellProgress(`${done} of ${of} proposed`);
    };
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
