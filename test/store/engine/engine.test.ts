import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { databaseUri, EngineError, startEngine, type Engine } from '../../../service/store/engine/index.ts';
import { built } from '../../support/child.ts';

const LIMIT_MS = 50_000;

describe('the embedded engine', () => {
  const systemTmpDir = process.env['TMPDIR'];
  let folder: string;
  let dataDir: string;
  const engines: Engine[] = [];
  const connections: mongoose.Connection[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mentorat-engine-test-'));
    dataDir = path.join(folder, 'data');
    process.env['TMPDIR'] = folder;
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close();
    for (const engine of engines.splice(0)) await engine.stop();
    if (systemTmpDir === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = systemTmpDir;
    await rm(folder, { recursive: true, force: true });
  });

  async function socketFolders(): Promise<string[]> {
    return (await readdir(folder)).filter((name) => name.startsWith('mentorat-engine-'));
  }

  async function start(options: { port?: number; onProgress?: (sentence: string) => void } = {}): Promise<Engine> {
    const engine = await startEngine({ dataDir, ...options });
    engines.push(engine);
    return engine;
  }

  async function connect(engine: Engine): Promise<mongoose.Connection> {
    const connection = await mongoose.createConnection(databaseUri(engine.uri, 'trial')).asPromise();
    connections.push(connection);
    return connection;
  }

  it('answers ping on loopback and asks every client for journalled writes', async () => {
    const engine = await start();
    const connection = await connect(engine);
    expect(await connection.db!.command({ ping: 1 })).to.include({ ok: 1 });
    expect(connection.getClient().options.writeConcern).to.include({ w: 1, journal: true });
    expect(new URL(engine.uri).hostname).to.equal('127.0.0.1');
  });

  it('keeps every acknowledged write however often it is killed, and mongoose reconnects to the same port', async () => {
    const engine = await start();
    const connection = await connect(engine);
    const Note = connection.model('Note', new mongoose.Schema({ _id: Number }, { versionKey: false }));
    const acknowledged: number[] = [];
    let next = 0;

    const writeUntilKilled = async (pid: number, last: number): Promise<void> => {
      while (engine.pid() === pid) {
        const id = (next += 1);
        await Note.create({ _id: id });
        if (acknowledged.push(id) === last) process.kill(pid, 'SIGKILL');
      }
    };
    for (let round = 1; round <= 5; round += 1) {
      const pid = await until(() => engine.pid());
      const last = acknowledged.length + 200;
      const writers = [1, 2, 3, 4, 5, 6, 7, 8].map(() => writeUntilKilled(pid, last));
      await Promise.allSettled(writers);
      await until(() => engine.pid() !== pid && engine.pid() !== undefined);
      const kept = new Set((await Note.find().lean()).map(({ _id }) => _id));
      expect(acknowledged.filter((id) => !kept.has(id))).to.deep.equal([]);
    }
    expect(acknowledged.length).to.be.at.least(1000);
  });

  it('is started again after every death, not only the first', async () => {
    const heard: string[] = [];
    const engine = await start({ onProgress: (sentence) => heard.push(sentence) });
    const connection = await connect(engine);
    for (let round = 0; round < 3; round += 1) {
      const pid = await until(() => engine.pid());
      process.kill(pid, 'SIGKILL');
      await until(() => engine.pid() !== undefined && engine.pid() !== pid);
      expect(await connection.db!.command({ ping: 1 })).to.include({ ok: 1 });
    }
    expect(heard.filter((sentence) => sentence.includes('started again'))).to.have.length(3);
  });

  it('keeps serving when the terminal or a service manager signals the whole group', async () => {
    const engine = await start();
    const connection = await connect(engine);
    const pid = engine.pid()!;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
    expect(await connection.db!.command({ ping: 1 })).to.include({ ok: 1 });
    expect(engine.pid()).to.equal(pid);
  });

  it('leaves no process and no socket folder when it is stopped, and a second stop is harmless', async () => {
    const engine = await start();
    const pid = engine.pid()!;
    expect(await socketFolders()).to.have.length(1);
    await engine.stop();
    await engine.stop();
    expect(isAlive(pid)).to.equal(false);
    expect(engine.pid()).to.equal(undefined);
    expect(await socketFolders()).to.deep.equal([]);
  });

  it('stays stopped when it is asked to stop in the middle of a restart', async () => {
    const engine = await start();
    const pid = engine.pid()!;
    process.kill(pid, 'SIGKILL');
    await until(() => engine.pid() === undefined);
    await engine.stop();
    const reopened = await start();
    expect(isAlive(reopened.pid()!)).to.equal(true);
  });

  it('ends with its parent when the parent is killed, and leaves the directory to the next at once', async () => {
    const parent = fork(built('test/store/engine/parent.ts'), [dataDir], { execArgv: [] });
    const [{ pid }] = (await once(parent, 'message')) as [{ pid: number }];
    expect(isAlive(pid)).to.equal(true);
    parent.kill('SIGKILL');
    const next = await start();
    await until(() => !isAlive(pid));
    await next.stop();
    expect(await socketFolders()).to.deep.equal([]);
  });

  it('refuses a data directory that another engine has open, in one sentence', async () => {
    await start();
    const error = await failureOf(start());
    expect(error.code).to.equal('data_directory_in_use');
    expect(error.message).to.match(/^The data directory is in use .+\.$/);
  });

  it('refuses a port that is taken', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const error = await failureOf(start({ port: (server.address() as net.AddressInfo).port }));
    server.close();
    expect(error.code).to.equal('port_in_use');
  });

  it('refuses a data directory that cannot be made', async () => {
    dataDir = '/dev/null/data';
    expect((await failureOf(start())).code).to.equal('data_directory_unusable');
  });

  it('never starts in production, and touches nothing there', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      const error = await failureOf(start());
      expect(error.code).to.equal('refused_in_production');
      expect(error.message).to.include('MONGODB_URI');
      expect(existsSync(dataDir)).to.equal(false);
    } finally {
      if (before === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = before;
    }
  });
});

async function failureOf(starting: Promise<unknown>): Promise<EngineError> {
  const error = await starting.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(EngineError);
  return error as EngineError;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Another process's end sends no event here, so it is looked for until the limit. */
async function until<T>(found: () => T | undefined | false): Promise<T> {
  const deadline = performance.now() + LIMIT_MS;
  while (performance.now() < deadline) {
    const value = found();
    if (value !== undefined && value !== false) return value;
    await pause(20);
  }
  throw new Error(`not so within ${LIMIT_MS} ms`);
}
