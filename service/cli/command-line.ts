// What operators and platform administrators do from a terminal: finds the command, opens what it needs, says how it ended.
import { sentenceOf } from '../run.ts';
import { adminLink, invitePlatform, rotateKeys } from './access.ts';
import {
  exitCodes,
  isExpected,
  readOptions,
  UsageError,
  type Command,
  type ExitCode,
  type Terminal,
} from './command.ts';
import { doctor } from './doctor.ts';
import { helpOn, helpOnCommand } from './help.ts';
import { approvePlatform, rejectPlatform, showPlatform } from './approval.ts';
import { addPlatform, approveDeployment, listPlatforms } from './platform.ts';
import { jobs } from './jobs.ts';
import { match } from './programme.ts';
import { saveRules, showRules, tryRules } from './rules.ts';
import { listRuns, stopRun } from './runs.ts';
import { runTraced } from './traced.ts';
import { trail } from './trail.ts';

const commands: readonly Command[] = [
  invitePlatform,
  addPlatform,
  listPlatforms,
  showPlatform,
  approvePlatform,
  rejectPlatform,
  approveDeployment,
  rotateKeys,
  adminLink,
  match,
  listRuns,
  stopRun,
  showRules,
  tryRules,
  saveRules,
  jobs,
  trail,
  doctor,
];

/** Runs one command to its end, in this process. args: the words after `npm run mentorat --`. Never rejects. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await run(args, terminal);
  } catch (error) {
    const help = error instanceof UsageError ? ' Try --help.' : '';
    terminal.err(`${isExpected(error) ? error.message : sentenceOf(error)}${help}\n`);
    return error instanceof UsageError ? exitCodes.misunderstood : exitCodes.failed;
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = args.slice(0, args.findIndex((word) => word.startsWith('-')) >>> 0).slice(0, 2);
  const command = commands.find(({ name }) => name === words.join(' ') || name === words[0]);
  if (command === undefined) return explain(words, args, terminal);
  const values = readOptions(command, args.slice(command.name.split(' ').length));
  if (values['help'] === true) {
    terminal.out(helpOnCommand(command));
    return exitCodes.done;
  }
  // Loaded only now: help and slips of the finger are answered without the whole service.
  const { openContext } = await import('./place.ts');
  const { context, close } = openContext(terminal);
  try {
    return await runTraced(command, { context, values });
  } finally {
    await close();
  }
}

function explain(words: readonly string[], args: readonly string[], { out, err }: Terminal): ExitCode {
  const [group = ''] = words;
  const isGroup = commands.some(({ name }) => name.startsWith(`${group} `));
  const asked = args.some((word) => word === '--help' || word === '-h');
  if (!(group === '' || isGroup) || (words.length > 1 && !asked)) {
    throw new UsageError(`There is no command "${words.join(' ')}".`);
  }
  const help = helpOn(commands, isGroup ? group : '');
  (asked ? out : err)(help);
  return asked ? exitCodes.done : exitCodes.misunderstood;
}
