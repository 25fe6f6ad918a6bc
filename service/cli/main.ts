// `npm run mentorat -- <command>`: the command line on this process's terminal and settings.
import { endOnUnexpectedError } from '../../lti/log/index.ts';
import { runCommandLine } from './command-line.ts';

endOnUnexpectedError();
process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: undefined,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
