import { expect } from 'chai';
import mongoose from 'mongoose';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseUri, startEngine } from '../../service/store/engine/index.ts';
import { connect, createStore, isDatabaseAway, ping } from '../../service/store/index.ts';
import { useDatabase } from '../support/database.ts';
import { testSecret } from '../support/store.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function errorOf(act: Promise<unknown>): Promise<unknown> {
  return act.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('store: connection', () => {
  const database = useDatabase();

  it('writes with the majority and the journal, even where the address says otherwise', async () => {
    const [address = ''] = database.uri().split('?');
    const connection = await connect(`${address}?directConnection=true&w=1&journal=false`);
    try {
      const { writeConcern } = connection.getClient().options;
      expect(writeConcern).to.include({ w: 'majority', journal: true });
      expect(await ping(connection)).to.equal(true);
    } finally {
      await connection.close();
    }
  });

  it('opens the database it is told to open', async () => {
    const connection = await connect(databaseUri(database.uri(), 'one'), 'another');
    expect(connection.name).to.equal('another');
    await connection.close();
  });

  it('gives up where no server answers, with an error that says the database is away', async () => {
    const error = await errorOf(connect(`mongodb://127.0.0.1:${await freePort()}/nothing`));
    expect(isDatabaseAway(error)).to.equal(true);
  });

  it('takes a server that hands over to another one for a database that is away, and a twin for what it is', () => {
    const { MongoServerError } = mongoose.mongo;
    expect(isDatabaseAway(new MongoServerError({ message: 'not primary', code: 10107 }))).to.equal(true);
    expect(isDatabaseAway(new MongoServerError({ message: 'duplicate key', code: 11000 }))).to.equal(false);
  });

  it('does not take a bug for a database that is away', () => {
    expect(isDatabaseAway(new TypeError('a bug'))).to.equal(false);
    expect(isDatabaseAway(undefined)).to.equal(false);
  });

  it('answers while the engine is down, and works again by itself when it is back', async function () {
    this.timeout(300_000);
    const dataDir = await mkdtemp(path.join(tmpdir(), 'mentorat-outage-'));
    const port = await freePort();
    let engine = await startEngine({ dataDir, port });
    const connection = await connect(engine.uri, 'outage');
    try {
      const { members } = createStore(connection, testSecret);
      expect(await members.find('nobody')).to.equal(undefined);
      await engine.stop();

      expect(await ping(connection)).to.equal(false);
      expect(isDatabaseAway(await errorOf(members.find('nobody')))).to.equal(true);

      engine = await startEngine({ dataDir, port });
      expect(await ping(connection)).to.equal(true);
      expect(await members.find('nobody')).to.equal(undefined);
    } finally {
      await connection.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
