// The runs of the matching: what they did, how far they are, and how to stop one from any terminal.
import type { MatchRun } from '../usecases/ports.ts';
import { DeedError, exitCodes, textOf, type Command } from './command.ts';
import { table } from './table.ts';

const shown = 20;

export const listRuns: Command = {
  name: 'runs list',
  act: 'reads',
  summary: 'Tells what the latest runs of the matching did, and how far those are that go on.',
  options: {},
  async run(context) {
    const { ports } = await context.openCore();
    const head = ['run', 'state', 'requests', 'served', 'proposed', 'skipped', 'lowest', 'total', 'rules', 'seed'];
    for (const line of table(head, (await ports.runs.latest(shown)).map(rowOf))) context.say(line);
    return exitCodes.done;
  },
};

export const stopRun: Command = {
  name: 'runs stop',
  act: 'run_stopped',
  about: async ({ ports }, values) => {
    const run = await ports.runs.find(textOf(values, 'key'));
    return run ? { object: run.key } : {};
  },
  summary: 'Stops a run before its next batch; what it has proposed stays proposed.',
  options: { key: { value: 'KEY', text: 'The run, as "runs list" names it', required: true } },
  async run(context, values) {
    const key = textOf(values, 'key');
    const { ports } = await context.openCore();
    if (!(await ports.runs.askToStop(key))) throw new DeedError(`No run "${key}" is going on.`);
    context.say('The run will stop before its next batch.');
    return exitCodes.done;
  },
};

function rowOf(run: MatchRun): string[] {
  const { key, requests, served, proposed, skipped, lowest, total, rulesVersion, seed } = run;
  const figures = [requests, served, proposed, skipped, lowest ?? '', total ?? '', rulesVersion, seed].map(String);
  return [key, stateOf(run), ...figures];
}

function stateOf({ finishedAt, begunAt, dryRun, stopped, failed, ...run }: MatchRun): string {
  const { verdict, proposed, skipped, served } = run;
  if (!finishedAt && !begunAt) return 'waiting';
  if (!finishedAt) return `${served === 0 ? 0 : Math.round((100 * (proposed + skipped)) / served)} %`;
  if (failed) return 'failed';
  if (!stopped) return dryRun ? 'dry run' : 'done';
  return verdict === undefined || verdict === 'ok' ? 'stopped' : `refused (${verdict})`;
}
