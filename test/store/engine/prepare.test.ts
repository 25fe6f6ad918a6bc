import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { withLock } from '../../../bin/lock.mjs';
import { isInstalled } from '../../../bin/packages.mjs';
import { built } from '../../support/child.ts';

describe('the preparation of a fresh clone', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mentorat-prepare-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  describe('of the packages', () => {
    const wanted = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    };

    it('is done when every wanted version is there, and more may be', () => {
      const installed = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/c': { version: '3.0.0' } };
      expect(isInstalled(wanted, installed)).to.equal(true);
    });

    it('is not done when a package is missing or has another version', () => {
      expect(isInstalled(wanted, { 'node_modules/b': { version: '2.0.0' } })).to.equal(false);
      expect(isInstalled(wanted, { 'node_modules/a': { version: '1.0.1' } })).to.equal(false);
    });

    it('is not done when an optional package is there in another version', () => {
      const installed = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } };
      expect(isInstalled(wanted, installed)).to.equal(false);
    });
  });

  describe('by several processes at once', () => {
    const script = built('test/store/engine/lock-holder.ts');
    const holder = (file: string) => fork(script, [file, path.join(folder, 'log')], { execArgv: [] });

    it('is done by one after the other, also when an earlier one was killed', async () => {
      const file = path.join(folder, 'lock');
      const dead = String(await deadPid());
      await writeFile(file, dead);
      await writeFile(`${file}.${dead}`, dead);
      const ends = await Promise.all([1, 2, 3, 4].map(() => once(holder(file), 'exit')));
      expect(ends.map(([code]) => code as number)).to.deep.equal([0, 0, 0, 0]);
      const log = (await readFile(path.join(folder, 'log'), 'utf8')).trim().split('\n');
      expect(log).to.deep.equal(['in', 'out', 'in', 'out', 'in', 'out', 'in', 'out']);
      expect(await readdir(folder)).to.deep.equal(['log']);
    });

    it('gives the lock back when the deed fails', async () => {
      const file = path.join(folder, 'lock');
      const failed = await withLock(
        () => Promise.reject(new Error('no disk')),
        () => undefined,
        file,
      ).catch((error: unknown) => error);
      expect(failed).to.be.an('error').with.property('message', 'no disk');
      expect(await readdir(folder)).to.deep.equal([]);
    });
  });
});

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}
