// How the project's commands end, whoever asks them to: no process stays, and the terminal reads a sentence or nothing.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoServerError } from 'mongodb';
import { sentenceOf } from '../service/run.ts';
import { built, childrenOf, isAlive, startChild, startCommand, startSource, type Child } from './support/child.ts';
import { ownPort } from './support/ports.ts';
import { useDatabase } from './support/database.ts';
import { useFolder } from './support/folder.ts';
import { listBenches, loadBench } from './load/benches.ts';

/** As a shell is told it. */
const command = (script: string): string => `'${process.execPath}' '${built(script)}'`;

describe('a command of the project', function () {
  this.timeout(300_000);
  this.slow(10_000);
  const database = useDatabase();
  const folder = useFolder();

  const descendants = (pid: number): number[] => childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);

  async function gone(pids: readonly number[]): Promise<void> {
    while (pids.some(isAlive)) await pause(20);
  }

  /** Under npm, as an operator starts it. */
  async function underNpm(env: Record<string, string>): Promise<Child> {
    const port = await ownPort();
    const quiet = { npm_config_update_notifier: 'false', PORT: String(port) };
    const npm = startCommand('npm', ['start'], { ...quiet, ...env });
    await npm.says('Mentorat Dialogue is ready');
    return npm;
  }

  it('under npm ends with npm on SIGTERM to npm alone: service and engine are gone, the answer is exit code 0', async () => {
    const npm = await underNpm({ DATA_DIR: path.join(folder(), 'sigterm') });
    const started = descendants(npm.process.pid!);
    expect(started.length).to.be.greaterThan(1);
    npm.process.kill('SIGTERM');
    expect(await npm.ended).to.equal(0);
    await gone(started);
  });

  it('under npm ends when npm is gone without having passed anything on', async () => {
    const npm = await underNpm({ MONGODB_URI: database.uri(), DATA_DIR: folder() });
    const started = descendants(npm.process.pid!);
    npm.process.kill('SIGKILL');
    await gone(started);
  });

  it('is run by npm in the shell’s place, so that every signal reaches it', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const [name, script] of Object.entries(scripts)) {
      expect(script.split('&&').at(-1)?.trim(), name).to.match(/^exec /);
    }
  });

  it('ends in order when the terminal closes', async () => {
    const port = await ownPort();
    const service = startChild('service/main.ts', [], {
      ...{ MONGODB_URI: database.uri(), DATA_DIR: folder(), PORT: String(port) },
    });
    await service.says('Mentorat Dialogue is ready');
    service.process.kill('SIGHUP');
    expect(await service.ended).to.equal(0);
  });

  const talkers: [string, string[]][] = [
    ['service/cli/main.ts', ['--help']],
    ['service/cli/main.ts', ['jobs', '--json']],
    ['service/cli/main.ts', ['doctor']],
    ['service/demo/main.ts', ['--help']],
    ['service/demo/seed-main.ts', []],
    ['test/load/main.ts', ['--help']],
  ];
  for (const [script, args] of talkers) {
    it(`ends quietly when nobody reads it any more: ${[script, ...args].join(' ')}`, async () => {
      const start = script.startsWith('service/') ? startChild : startSource;
      const child = start(script, args, { MONGODB_URI: database.uri(), DATA_DIR: folder() });
      child.process.stdout?.destroy();
      expect({ code: await child.ended, err: child.err() }).to.deep.equal({ code: 0, err: '' });
    });
  }

  it('says in one sentence that its output meets a full disk, with exit code 1', async () => {
    const child = startCommand('sh', ['-c', `exec ${command('service/cli/main.ts')} --help > /dev/full`], {});
    expect(await child.ended).to.equal(1);
    expect(child.err()).to.match(/^The output cannot be written \(ENOSPC\)[^\n]+\n$/);
  });

  it('goes on as a service when its log meets a full disk, and says so once', async () => {
    const port = await ownPort();
    const env = { MONGODB_URI: database.uri(), DATA_DIR: folder(), PORT: String(port) };
    const service = startCommand('sh', ['-c', `exec ${command('service/main.ts')} > /dev/full`], env);
    const address = `http://localhost:${port}/health/ready`;
    while ((await fetch(address).catch(() => undefined))?.status !== 200) await pause(50);
    service.process.kill('SIGTERM');
    expect(await service.ended).to.equal(0);
    expect(service.err()).to.match(/^The log cannot be written \(ENOSPC\)[^\n]+\n$/);
  });

  it('says in one sentence that the disk of the embedded database is full', async () => {
    // Of 512 bytes each, for any file that it writes.
    const limit = `ulimit -f 8; exec ${command('service/main.ts')}`;
    const service = startCommand('sh', ['-c', limit], { DATA_DIR: path.join(folder(), 'full'), LOG_LEVEL: 'error' });
    expect(await service.ended).to.equal(1);
    expect(service.err()).to.match(/^The disk of the embedded database is full[^\n]+\n$/);
  });

  it('says in one sentence that the database has not room enough for its indexes', () => {
    const error = new MongoServerError({
      message: 'available disk space of 5 bytes is less than required',
      code: 14031,
    });
    expect(sentenceOf(error)).to.match(/^The disk is full[^\n]+make room, and start again\.$/);
  });

  it('says in one sentence what to do when the data are damaged', async () => {
    const data = path.join(folder(), 'damaged/database');
    mkdirSync(data, { recursive: true });
    writeFileSync(path.join(data, 'storage.bson'), '');
    const env = { DATA_DIR: path.join(folder(), 'damaged'), LOG_LEVEL: 'error' };
    const service = startChild('service/main.ts', [], env);
    expect(await service.ended).to.equal(1);
    expect(service.err()).to.match(/^The data of the embedded database are damaged[^\n]+backup[^\n]+\n$/);
    rmSync(env.DATA_DIR, { recursive: true });
  });

  it('lists with npm run bench what there is, and each of it can be loaded', async () => {
    const child = startSource('test/load/main.ts', [], {});
    expect(await child.ended).to.equal(0);
    for (const { name, summary } of listBenches()) {
      expect(child.out()).to.include(`  ${name}`);
      expect(summary, name).to.match(/^.{10,100}$/);
      expect((await loadBench(name)).run, name).to.be.a('function');
    }
    const unknown = startSource('test/load/main.ts', ['pages'], {});
    expect(await unknown.ended).to.equal(2);
    expect(unknown.err()).to.include('There is no bench "pages".').and.to.include('  sweep');
  });
});
