// What a data directory's disk says of it: the engine itself ends without a word when it cannot write.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError, type EngineErrorCode } from './errors.ts';

const PROBE_BYTES = 256 * 1024;

/** @throws EngineError when the folder cannot be made */
export async function makeFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new EngineError(codeOfWriting(cause) ?? 'data_directory_unusable', { dataDir, cause });
  });
}

/** Why nothing can be written there; undefined when it can. */
export async function whyNotWritable(dataDir: string): Promise<EngineErrorCode | undefined> {
  const probe = path.join(dataDir, `.probe.${process.pid}`);
  try {
    await writeFile(probe, Buffer.alloc(PROBE_BYTES, 1), { mode: 0o600 });
    return undefined;
  } catch (error) {
    return codeOfWriting(error) ?? 'data_directory_unusable';
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

export function codeOfWriting(error: unknown): EngineErrorCode | undefined {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return 'disk_full';
  return ['EACCES', 'EPERM', 'EROFS'].includes(code) ? 'data_directory_forbidden' : undefined;
}
