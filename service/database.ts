// Where the data are: the server named in the settings, or else the embedded engine. Whoever runs the engine notes its
// address beside the data, so that the command line works beside a running service.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
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
const noteFile = (dataDir: string): string => path.join(dataDir, 'engine.json');

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
  await writeFile(note, JSON.stringify({ uri: engine.uri, pid: process.pid, baseUrl }), { mode: 0o600 });
  return {
    uri: named(engine.uri),
    async close() {
      await rm(note, { force: true });
      await engine.stop();
    },
  };
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
    // Signal 0 sends nothing: it only asks whether the process is there.
    process.kill(pid, 0);
    return { uri: named(uri), baseUrl, close: () => Promise.resolve() };
  } catch {
    return undefined;
  }
}

function named(uri: string): string {
  const { pathname } = new URL(uri.replace(/^mongodb(?:\+srv)?:\/\/[^/?]*/, 'http://host'));
  return pathname.length > 1 ? uri : databaseUri(uri, name);
}
