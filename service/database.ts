// Where the data are: the server named in the settings, or else the embedded engine. Whoever runs the engine notes its
// address beside the data, so that the command line works beside a running service.
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import path from 'node:path';
import { StartError } from './start-error.ts';
import { databaseUri, durableUri, startEngine } from './store/engine/index.ts';

export interface DatabasePlace {
  readonly mongodbUri: string | undefined;
  readonly dataDir: string;
  /** Of the service that runs on it, for the command line beside it. */
  readonly baseUrl?: string;
}

export interface Database {
  /** Names the programme's database. */
  readonly uri: string;
  /** Of the service that runs on it, where that is known. */
  readonly baseUrl?: string | undefined;
  close(): Promise<void>;
}

const name = 'mentorat';
const patienceMs = 2000;
/** Says where the engine of a running service is. */
export const noteFile = (dataDir: string): string => path.join(dataDir, 'engine.json');

/** The engine's own folder below DATA_DIR. */
export const engineFolder = (dataDir: string): string => path.join(dataDir, 'database');

/**
 * @param onProgress sentences for the terminal
 * @throws EngineError with a sentence that may be shown as it is
 */
export async function openDatabase(
  { mongodbUri, dataDir, baseUrl }: DatabasePlace,
  onProgress: (sentence: string) => void = () => undefined,
): Promise<Database> {
  if (mongodbUri !== undefined) return { uri: named(durableUri(mongodbUri)), close: () => Promise.resolve() };
  const engine = await startEngine({ dataDir: engineFolder(dataDir), onProgress });
  const note = noteFile(dataDir);
  const close = async (): Promise<void> => {
    await rm(note, { force: true }).catch(() => undefined);
    await engine.stop();
  };
  try {
    await writeFile(note, JSON.stringify({ uri: engine.uri, pid: process.pid, baseUrl }), { mode: 0o600 });
  } catch (error) {
    await close();
    const { code = 'unknown cause' } = error as NodeJS.ErrnoException;
    throw new StartError(`${note} cannot be written (${code}): make room, or remove what stands there.`);
  }
  return { uri: named(engine.uri), close };
}

interface Note {
  readonly uri: string;
  readonly pid: number;
  readonly baseUrl?: string;
}

/** The database of a service that runs on the same data directory just now. */
export async function findRunningDatabase(dataDir: string): Promise<Database | undefined> {
  try {
    const { uri, pid, baseUrl } = JSON.parse(await readFile(noteFile(dataDir), 'utf8')) as Note;
    // Signal 0 sends nothing: it only asks whether the process is there. Another one may have its number by now.
    process.kill(pid, 0);
    await answers(uri);
    return { uri: named(uri), baseUrl, close: () => Promise.resolve() };
  } catch {
    return undefined;
  }
}

/** @throws Error when nobody listens at the address */
async function answers(uri: string): Promise<void> {
  const { hostname, port } = new URL(uri);
  const socket = createConnection({ host: hostname, port: Number(port), timeout: patienceMs });
  socket.on('timeout', () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

function named(uri: string): string {
  const { pathname } = new URL(uri.replace(/^mongodb(?:\+srv)?:\/\/[^/?]*/, 'http://host'));
  return pathname.length > 1 ? uri : databaseUri(uri, name);
}
