// One life of the engine's process: start it, wait until it serves, end it. Restarting is the supervisor's matter.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError, type EngineErrorCode } from './errors.ts';
import { whyNotWritable } from './folder.ts';

const SCRIPT = fileURLToPath(new URL('../../../bin/engine.mjs', import.meta.url));
const STOP_LIMIT_MS = 6_000;

export interface Launch {
  command: string;
  args: string[];
  dataDir: string;
  port: number;
}

export interface EngineChild {
  readonly port: number;
  readonly pid: number;
  /** The engine's own socket, in a folder that only this user may enter; gone with the process. */
  readonly socket: string;
  /** Resolves when the process is gone, for whatever reason. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

type Ending = number | string;
type Message = { ready: number; socket: string } | { failed: { code: string; text: string } };

/**
 * Starts the engine's process and waits until it accepts connections.
 * @throws EngineError
 */
export async function startChild({ command, args, dataDir, port }: Launch): Promise<EngineChild> {
  // The engine's socket lives in a folder of ours, so that a killed engine leaves nothing behind.
  const socketDir = await mkdtemp(path.join(tmpdir(), 'mentorat-engine-')).catch((cause: unknown) => {
    throw new EngineError('temporary_folder_unusable', { dataDir: tmpdir(), cause });
  });
  const child = spawn(command, [...args, SCRIPT, dataDir, String(port), socketDir], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const words = lastWords(child);
  const ended = whenEnded(child).finally(() => rm(socketDir, { recursive: true, force: true }));
  const message = await Promise.race([firstMessage(child).catch(() => undefined), ended]);
  if (typeof message === 'object' && 'ready' in message && child.pid !== undefined) {
    const { ready: port, socket } = message;
    return { port, pid: child.pid, socket, ended, stop: () => stop(child, ended) };
  }
  const how = await ended;
  const failure = typeof message === 'object' && 'failed' in message ? message.failed : { code: '', text: words() };
  const code = (await whyNotWritable(dataDir)) ?? codeOf(failure, how);
  throw new EngineError(code, { cause: failure.text, ...(code !== 'port_in_use' && { dataDir }) });
}

async function firstMessage(child: ChildProcess): Promise<Message> {
  const [message] = (await once(child, 'message')) as [Message];
  return message;
}

/** Exit code or signal. `exit` never comes for a command that could not be started; `error` does. */
function whenEnded(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code ?? signal ?? '');
    });
    child.on('error', () => {
      if (child.pid === undefined) resolve('');
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.send('stop');
  // Killing is safe: every acknowledged write is in the journal.
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}

function lastWords(child: ChildProcess): () => string {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2_000);
  });
  return () => words.trim();
}

/** The ways in which the engine gives up on data that it does not understand; it says nothing then. */
const GIVEN_UP: readonly Ending[] = [14, 'SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL'];

function codeOf({ code, text }: { code: string; text: string }, how: Ending): EngineErrorCode {
  if (code === 'EADDRINUSE' || code === 'EACCES') return 'port_in_use';
  if (code === 'ERR_MODULE_NOT_FOUND' || /native binding|GLIBC|GLIBCXX/.test(text)) return 'package_missing';
  if (/DBPathInUse|lock file|already in use|Resource temporarily unavailable/i.test(text))
    return 'data_directory_in_use';
  return text === '' && !GIVEN_UP.includes(how) ? 'ended_early' : 'data_directory_unusable';
}
