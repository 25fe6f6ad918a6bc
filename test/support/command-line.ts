// The command line as an administrator has it, on the suite's database, with a folder for its files. It runs inside the
// suite's process, since a process of its own costs seconds.
import { runCommandLine } from '../../service/cli/command-line.ts';
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
      const code = await runCommandLine(words, {
        env: { ...usual(), ...env },
        out: (text) => (said.out += text),
        err: (text) => (said.err += text),
      });
      return { code, ...said };
    },
  };
}
