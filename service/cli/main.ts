// `npm run mentorat -- <command>`: what operators and platform administrators do from a terminal.
import { endOnUnexpectedError } from '../../lti/log/index.ts';
import { sentenceOf } from '../run.ts';
import { adminLink, invitePlatform, rotateKeys } from './access.ts';
import { exitCodes, isExpected, readOptions, UsageError, type Command, type ExitCode } from './command.ts';
import { doctor } from './doctor.ts';
import { helpOn, helpOnCommand } from './help.ts';
import { approvePlatform, rejectPlatform, showPlatform } from './approval.ts';
import { addPlatform, approveDeployment, listPlatforms } from './platform.ts';
import { jobs } from './jobs.ts';
import { match } from './programme.ts';
import { saveRules, showRules, tryRules } from './rules.ts';
import { listRuns, stopRun } from './runs.ts';

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
  doctor,
];

async function main(args: readonly string[]): Promise<ExitCode> {
  const words = args.slice(0, args.findIndex((word) => word.startsWith('-')) >>> 0).slice(0, 2);
  const command = commands.find(({ name }) => name === words.join(' ') || name === words[0]);
  if (command === undefined) return explain(words, args);
  const values = readOptions(command, args.slice(command.name.split(' ').length));
  if (values['help'] === true) {
    process.stdout.write(helpOnCommand(command));
    return exitCodes.done;
  }
  // Loaded only now: help and slips of the finger are answered without the whole service.
  const { openContext } = await import('./place.ts');
  const { context, close } = openContext();
  try {
    return await command.run(context, values);
  } finally {
    await close();
  }
}

function explain(words: readonly string[], args: readonly string[]): ExitCode {
  const [group = ''] = words;
  const isGroup = commands.some(({ name }) => name.startsWith(`${group} `));
  const asked = args.some((word) => word === '--help' || word === '-h');
  if (!(group === '' || isGroup) || (words.length > 1 && !asked)) {
    throw new UsageError(`There is no command "${words.join(' ')}".`);
  }
  const help = helpOn(commands, isGroup ? group : '');
  (asked ? process.stdout : process.stderr).write(help);
  return asked ? exitCodes.done : exitCodes.misunderstood;
}

endOnUnexpectedError();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const help = error instanceof UsageError ? ' Try --help.' : '';
  process.stderr.write(`${isExpected(error) ? error.message : sentenceOf(error)}${help}\n`);
  process.exitCode = error instanceof UsageError ? exitCodes.misunderstood : exitCodes.failed;
}
