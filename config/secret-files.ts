// Secrets may stand in files of their own, NAME_FILE instead of NAME: a file can be kept from other users, the environment of a
// process cannot always be. No sentence repeats what is in one.
import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './errors.ts';

/** Settings that may be given as a file. */
export const secretSettings = ['MENTORAT_SECRET', 'MONGODB_URI', 'SMTP_URL', 'METRICS_TOKEN'] as const;

type Values = Readonly<Record<string, string>>;

export interface WithSecrets {
  readonly values: Values;
  /** NAME_FILE settings whose file every user of the machine can read. */
  readonly readableByAll: readonly string[];
}

/** @throws ConfigError with one sentence that names the setting */
export function readSecretFiles(given: Values): WithSecrets {
  const files = secretSettings.flatMap((name) => {
    const file = given[`${name}_FILE`];
    return file === undefined ? [] : [{ name, ...read(name, file, given) }];
  });
  return {
    values: { ...given, ...Object.fromEntries(files.map(({ name, content }) => [name, content])) },
    readableByAll: files.filter(({ isOpen }) => isOpen).map(({ name }) => `${name}_FILE`),
  };
}

function read(name: string, file: string, given: Values): { content: string; isOpen: boolean } {
  if (given[name] !== undefined) throw new ConfigError(`${name}_FILE and ${name} are both given: keep one of them.`);
  let content: string;
  let isOpen: boolean;
  try {
    content = readFileSync(file, 'utf8').replace(/[\r\n]+$/, '');
    isOpen = (statSync(file).mode & 0o004) !== 0;
  } catch {
    throw new ConfigError(`${name}_FILE: ${file} cannot be read.`);
  }
  if (content === '') throw new ConfigError(`${name}_FILE: ${file} is empty.`);
  return { content, isOpen };
}
