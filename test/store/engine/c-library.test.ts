import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { engineCommand, needsPrivateLibrary } from '../../../bin/c-library.mjs';

const GLIBC = 'process.report.getReport().header.glibcVersionRuntime ?? "none"';

describe("the engine's C library", () => {
  it('is new enough for the engine, whatever the system has, and changes nothing for this process', async () => {
    const { command, args } = await engineCommand();
    const { stdout } = await promisify(execFile)(command, [...args, '-p', GLIBC]);
    const version = stdout.trim();
    // Systems without glibc have no such number.
    expect(version === 'none' || version.localeCompare('2.38', 'en', { numeric: true }) >= 0, version).to.equal(true);
    expect(command === process.execPath).to.equal(!needsPrivateLibrary());
  });
});
