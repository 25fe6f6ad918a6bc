// A folder on this machine for a suite's files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Call inside a `describe`: a folder for the suite alone, deleted after it. */
export function useFolder(): () => string {
  let folder: string | undefined;
  before('make a folder', () => {
    folder = mkdtempSync(path.join(tmpdir(), 'mentorat-suite-'));
  });
  after('delete the folder', () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    if (folder === undefined) throw new Error('The folder is there inside tests and hooks only.');
    return folder;
  };
}
