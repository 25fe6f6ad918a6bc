// What operators and platform administrators do from a terminal: finds the command, opens what it needs, says how it ended.
import type { Defer } from '../run.ts';
import { adminLink, invitePlatform, rotateKeys } from './access.ts';
import { approvePlatform, rejectPlatform, showPlatform } from './approval.ts';
import { breakGlass } from './break-glass.ts';
import { exitCodes, readOptions, UsageError, type Command, type ExitCode, type Terminal } from './command.ts';
import { inviteToCoordinate, listCoordinators, revokeCoordinator } from './coordinator.ts';
import { doctor } from './doctor.ts';
import { decideExclusion, liftExclusion, listExclusions } from './exclusion.ts';
import { helpOn, helpOnCommand } from './help.ts';
import { addPlatform, approveDeployment, listPlatforms } from './platform.ts';
import { jobs } from './jobs.ts';
import { migrate } from './migrate.ts';
import { listOutbox, retryOutbox } from './outbox.ts';
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
  inviteToCoordinate,
  listCoordinators,
  revokeCoordinator,
  breakGlass,
  listExclusions,
  decideExclusion,
  liftExclusion,
  match,
  listRuns,
  stopRun,
  showRules,
  tryRules,
  saveRules,
  jobs,
  listOutbox,
  retryOutbox,
  migrate,
  trail,
  doctor,
];

/**
 * Runs one command to its end. args: the words after `npm run mentorat --`. defer: takes what it opened, to be closed after it.
 * @throws StartError and its kinds, with a sentence for the terminal and an exit code
 */
export async function runCommand(args: readonly string[], terminal: Terminal, defer: Defer): Promise<ExitCode> {
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
  return runTraced(command, { context: openContext(terminal, defer), values });
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
