// The command line as an administrator has it, on the suite's database, with a folder for its files. It runs inside the
// suite's process, since a process of its own costs seconds.
import { runCommand } from '../../service/cli/command-line.ts';
import { createLogger } from '../../service/log.ts';
import { exitCodeOf, sentenceOf } from '../../service/run.ts';
import { useDatabase, type TestDatabase } from './database.ts';
import { useFolder } from './folder.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  readonly database: TestDatabase;
  readonly folder: () => string;
  /** What `npm run mentorat -- words` says, and how it ends. env: beside the usual settings. */
  readonly mentorat: (words: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Said>;
}

/** The secret under which the command line writes. */
export const secret = 'a secret of the command line tests';

/** Call inside a `describe`. */
export function useCommandLine(): CommandLine {
  const database = useDatabase();
  const folder = useFolder();
  const usual = () => ({ MONGODB_URI: database.uri(), MENTORAT_SECRET: secret, DATA_DIR: folder() });
  return {
    database,
    folder,
    mentorat: async (words, env = {}) => {
      const said = { out: '', err: '' };
      const err = (text: string): void => void (said.err += text);
      const closers: (() => Promise<void>)[] = [];
      const terminal = {
        env: { ...usual(), ...env },
        out: (text: string): void => void (said.out += text),
        err,
        openLog: () => createLogger({ level: 'error' }, { write: err }),
      };
      const code = await runCommand(words, terminal, (close) => closers.push(close)).catch((error: unknown) => {
        err(`${sentenceOf(error)}\n`);
        return exitCodeOf(error);
      });
      for (const close of closers.reverse()) await close();
      return { code, ...said };
    },
  };
}
