// The command line as an administrator has it: a process of its own, on the suite's database, with a folder for its files.
import { runChild } from './child.ts';
import { useDatabase, type TestDatabase } from './database.ts';
import { useFolder } from './folder.ts';

export interface CommandLine {
  readonly database: TestDatabase;
  readonly folder: () => string;
  /** What `npm run mentorat -- words` says, and how it ends. env: beside the usual settings. */
  readonly mentorat: (words: readonly string[], env?: Readonly<Record<string, string>>) => ReturnType<typeof runChild>;
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
    mentorat: (words, env = {}) => runChild('service/cli/main.ts', words, { ...usual(), ...env }),
  };
}
