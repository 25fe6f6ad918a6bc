import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { createWorker } from '../../service/jobs/worker.ts';
import { startEngine } from '../../service/store/engine/index.ts';
import { connect } from '../../service/store/index.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('job worker while the database is away', () => {
  it('takes no harm, floods no log, and goes on by itself when it is back', async function () {
    this.timeout(300_000);
    const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-outage-'));
    const port = await freePort();
    const events = new EventEmitter();
    const logs: string[] = [];
    const unhandled: unknown[] = [];
    const catchUnhandled = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', catchUnhandled);
    let engine = await startEngine({ dataDir, port });
    const connection = await connect(engine.uri);
    const note = (_facts: object, sentence: string): void => {
      logs.push(sentence);
      events.emit('log');
    };
    const run = async (): Promise<Record<string, number>> => {
      await connection.db?.command({ ping: 1 });
      events.emit('turn');
      return {};
    };
    const jobs = [{ name: 'sweep', every: '0.1 seconds', run }];
    const parts = { connection, jobs, pollMs: 50, lockMs: 1000 };
    const worker = createWorker({ ...parts, logger: { info: note, error: note } });
    const turn = once(events, 'turn');
    await worker.start();
    await turn;

    const noticed = once(events, 'log');
    await engine.stop();
    await noticed;
    engine = await startEngine({ dataDir, port });
    await once(events, 'turn');
    await once(events, 'turn');

    await worker.stop();
    await connection.close();
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
    process.off('unhandledRejection', catchUnhandled);
    expect(unhandled).to.deep.equal([]);
    expect(logs.filter((line) => line.startsWith('The job queue')).length).to.be.at.most(3);
  });
});
