// `npm run mentorat -- <command>`: the command line on this process's terminal and settings.
import { openLog } from '../open-log.ts';
import { runOnce } from '../run.ts';
import { runCommand } from './command-line.ts';

const terminal = {
  env: undefined,
  out: (text: string): void => void process.stdout.write(text),
  err: (text: string): void => void process.stderr.write(text),
  openLog: () => openLog('error', 2),
};

await runOnce((defer) => runCommand(process.argv.slice(2), terminal, defer));
