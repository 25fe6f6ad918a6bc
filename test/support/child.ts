// Starts one of the project's own processes as a person at a terminal would, and listens to what it says.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtSetting } from './built.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Child {
  readonly process: ChildProcess;
  out(): string;
  err(): string;
  /** Resolves when the words were said; rejects when the process ends before. */
  says(words: string): Promise<void>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

type Values = Readonly<Record<string, string>>;

/** script: from the root, "service/cli/main.ts". env: added to the bare minimum, so that no setting of this machine counts. */
export function startChild(script: string, args: readonly string[], env: Values): Child {
  return startCommand(process.execPath, [built(script), ...args], env);
}

/** The same, through the loader with which npm starts it. */
export function startSource(script: string, args: readonly string[], env: Values): Child {
  return startCommand(process.execPath, ['--import', 'tsx', script, ...args], env);
}

/** The script as plain JavaScript, which starts in half the time. Made by the run's first process: see built.ts. */
export function built(script: string): string {
  const folder = process.env[builtSetting];
  if (folder === undefined)
    throw new Error('The project is built from the global setup of mocha to its teardown only.');
  return path.join(folder, script.replace(/\.ts$/, '.js'));
}

/** Any program, in the root of the project. */
export function startCommand(command: string, args: readonly string[], env: Values): Child {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, {
    cwd: root,
    // Lines counted in a second process do not add up with those of the run: they would read as not covered.
    env: { PATH, HOME, NODE_V8_COVERAGE: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    out: () => said.out,
    err: () => said.err,
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.out.includes(words)) resolve();
        };
        child.stdout.on('data', look);
        look();
        void ended.then((code) => {
          reject(new Error(`ended with ${code ?? 'a signal'} before it said "${words}": ${said.err}`));
        });
      }),
  };
}

/** Runs it to its end. */
export async function runChild(
  script: string,
  args: readonly string[],
  env: Values,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = startChild(script, args, env);
  const code = await child.ended;
  return { code, out: child.out(), err: child.err() };
}

/** Process ids of the children of a process, as Linux tells them; none elsewhere. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Runs still; one that has ended and waits for its parent does not. Linux only; elsewhere nothing is alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
