// The secret of a trial, which needs none of its own but the same one at each start: what is sealed must open again.
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './errors.ts';

const leastBytes = 32;

export const secretFile = (dataDir: string): string => path.join(dataDir, 'secret');

/** Made when there is none. @throws ConfigError when it is damaged, or can be neither read nor made */
export function keptSecret(dataDir: string): string {
  const file = secretFile(dataDir);
  let secret: string;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) make(file);
    secret = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = 'unknown cause' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`DATA_DIR: the secret in ${file} can be neither read nor made (${code}).`);
  }
  if (Buffer.byteLength(secret) >= leastBytes) return secret;
  throw new ConfigError(
    `MENTORAT_SECRET: the one kept in ${file} is damaged, shorter than ${leastBytes} bytes: put it back from its second copy, ` +
      'or remove it together with the data that it sealed.',
  );
}

/** Written beside and then named: a full disk leaves no half of a secret, and of two that start at once one wins. */
function make(file: string): void {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, randomBytes(leastBytes).toString('base64url'), { mode: 0o600 });
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Whether there is one that cannot be used. */
export function isSecretDamaged(dataDir: string): boolean {
  try {
    return Buffer.byteLength(readFileSync(secretFile(dataDir), 'utf8').trim()) < leastBytes;
  } catch {
    return false;
  }
}

/** Only for data that are thrown away. */
export function forgetSecret(dataDir: string): void {
  rmSync(secretFile(dataDir), { force: true });
}
