// npm run bench -- NAME [--json] [--only PART]: runs one measurement and prints its results, a table for people or a line of JSON each.

export interface Result {
  bench: string;
  variant?: string;
  [figure: string]: string | number | undefined;
}
export type Report = (result: Result) => void;

interface Bench {
  run(report: Report): Promise<void>;
}

// By name, so that one bench that cannot start does not stop the others.
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  launch: () => import('./launch.ts'),
  'launch-memory': () => import('./launch-memory.ts'),
  matching: () => load('./matching.ts'),
  'matching-run': () => load('./matching-run.ts'),
  pages: () => load('./pages.ts'),
  report: () => load('./report.ts'),
  sweep: () => load('./sweep.ts'),
  outbox: () => load('./outbox.ts'),
};

async function load(file: string): Promise<Bench> {
  return (await import(file)) as Bench;
}

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--only');
const [name = ''] = names;
const bench = benches[name];

if (bench === undefined || names.length !== 1 || args.includes('--help')) {
  process.stderr.write(
    `npm run bench -- NAME [--json] [--only PART]\nNAME is one of: ${Object.keys(benches).join(', ')}\n` +
      'PART of matching: 500, 2000, 10000, 50000, dense, short, even, sites, "short 10000", suggest; several by commas\n',
  );
  process.exitCode = args.includes('--help') ? 0 : 2;
} else {
  const results: Result[] = [];
  await (
    await bench()
  ).run((result) => {
    results.push(result);
    if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  });
  if (!json) console.table(results);
}
