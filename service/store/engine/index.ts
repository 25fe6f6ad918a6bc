// The embedded MongoDB engine for trials, the demonstration and tests: one supervised process per data directory.
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { engineCommand } from '../../../bin/c-library.mjs';
import { PrepareError } from '../../../bin/errors.mjs';
import { startChild, type EngineChild, type Launch } from './child.ts';
import { EngineError } from './errors.ts';
import { makeFolder } from './folder.ts';
import { Supervisor } from './supervisor.ts';
import { engineUri, socketUri } from './uri.ts';

export { EngineError, type EngineErrorCode } from './errors.ts';
export { databaseUri, durableUri } from './uri.ts';

const PATIENCE_MS = 2_000;
const RETRY_MS = 100;

export interface EngineOptions {
  /** Created with access for this user only when missing. */
  dataDir: string;
  /** TCP port on 127.0.0.1; 0, the default, takes a free one and keeps it over restarts. */
  port?: number;
  /** Sentences for the terminal. */
  onProgress?: (sentence: string) => void;
}

export interface Engine {
  /** Asks for journalled writes and names no database: see `databaseUri`. Never ask it for `w=majority`: see uri.ts. */
  readonly uri: string;
  /** Of the engine's present process; undefined while it is being restarted. For crash tests. */
  pid(): number | undefined;
  /** The same engine by the present process's own socket, for whoever starts nothing anew: half the work for each command. */
  socketUri(): string | undefined;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

/**
 * Opens `dataDir` in a child process and serves it on a TCP port of the loopback interface. The process is started
 * again on the same port when it dies, so clients reconnect by themselves, and it ends with this one.
 * @throws EngineError with a sentence that may be shown as it is
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { port = 0, onProgress = () => undefined } = options;
  if (process.env['NODE_ENV'] === 'production') throw new EngineError('refused_in_production');
  const dataDir = path.resolve(options.dataDir);
  await makeFolder(dataDir);
  const command = await engineCommand(onProgress).catch((cause: unknown) => {
    throw new EngineError(
      'library_unavailable',
      cause instanceof PrepareError ? { sentence: cause.message } : { cause },
    );
  });
  onProgress('Starting the embedded database...');
  const child = await startPatiently({ ...command, dataDir, port });
  const supervisor = new Supervisor({ ...command, dataDir, port: child.port }, child, onProgress);
  return {
    uri: engineUri(child.port),
    pid: () => supervisor.pid,
    socketUri: () => supervisor.socket && socketUri(supervisor.socket),
    stop: () => supervisor.stop(),
  };
}

/** The engine of a service that was just killed needs a moment to notice, and holds directory and port until then. */
async function startPatiently(launch: Launch): Promise<EngineChild> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await startChild(launch);
    } catch (error) {
      const mayPass = error instanceof EngineError && ['data_directory_in_use', 'port_in_use'].includes(error.code);
      if (!mayPass || performance.now() > deadline) throw error;
      await pause(RETRY_MS);
    }
  }
}
