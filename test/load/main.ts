// npm run bench -- NAME [--json] [--only PART]: runs one measurement and prints its results, a table for people or a line of JSON each.
import { runOnce } from '../../service/run.ts';
import { listBenches, loadBench, type Result } from './benches.ts';

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--only');

await runOnce(async () => {
  const benches = listBenches();
  const bench = benches.find(({ name }) => name === names[0]);
  if (bench === undefined || names.length !== 1 || args.includes('--help')) {
    const isAsked = args.includes('--help') || names.length === 0;
    const width = Math.max(...benches.map(({ name }) => name.length));
    const lines = benches.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
    (isAsked ? process.stdout : process.stderr).write(
      `${isAsked ? '' : `There is no bench "${names.join(' ')}".\n`}npm run bench -- NAME [--json] [--only PART]\n\n${lines.join('\n')}\n\n` +
        'PART of matching: 500, 2000, 10000, 50000, dense, short, even, sites, "short 10000", suggest; several by commas\n',
    );
    return isAsked ? 0 : 2;
  }
  const { run } = await loadBench(bench.name);
  const results: Result[] = [];
  await run((result) => {
    results.push(result);
    if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  });
  if (!json) console.table(results);
  return 0;
});
