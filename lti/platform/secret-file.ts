// Reads a secret from a file of its own: the line breaks at its end are not part of it, and no sentence repeats it.
import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './config-error.ts';

/**
 * The lines of the file that are not empty.
 * @throws ConfigError in one sentence that names the setting
 */
export function readSecrets(setting: string, path: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    if ((statSync(path).mode & 0o007) !== 0) {
      console.error(`Warning: ${setting}: ${path} can be read by every user of this machine (chmod o= ${path}).`);
    }
  } catch {
    throw new ConfigError(`${setting}: ${path} cannot be read.`);
  }
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length === 0) throw new ConfigError(`${setting}: ${path} is empty.`);
  return lines;
}
