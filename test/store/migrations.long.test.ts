// The schema's version: who migrates, who waits, who is refused, and what a copy that is killed leaves to the next one.
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { migrateWith } from '../../service/cli/migrate.ts';
import type { Context } from '../../service/cli/command.ts';
import { jobIndexes } from '../../service/jobs/worker.ts';
import {
  connect,
  ensureIndexes,
  prepareSchema,
  SchemaError,
  schemaState,
  type Migration,
} from '../../service/store/index.ts';
import { createCipher } from '../../service/store/cipher.ts';
import { createHasher } from '../../service/store/hasher.ts';
import { takeLease } from '../../service/store/migrations/lease.ts';
import { migrations as own } from '../../service/store/migrations/list.ts';
import { loadConfig } from '../../config/load-config.ts';
import { linesOf } from '../fixtures/dump.ts';
import { runChild, startChild } from '../support/child.ts';
import { ownPorts } from '../support/ports.ts';
import { empty, useDatabase } from '../support/database.ts';
import { someOf } from '../support/rounds.ts';
import { useFolder } from '../support/folder.ts';
import { collection, testMigrations } from '../support/migrations.ts';

const secret = 'a secret of the tests only, 32 characters or more';
const notes = 40;

describe('store: migrations', function () {
  this.timeout(600_000);
  this.slow(20_000);
  const database = useDatabase();
  const folder = useFolder();
  let connection: Connection;
  const db = () => connection.db!;
  const settings = () => ({ MONGODB_URI: database.uri(), MENTORAT_SECRET: secret, DATA_DIR: folder() });
  const options = (migrations: readonly Migration[] = testMigrations()) => ({
    secret,
    indexes: jobIndexes,
    migrations,
  });
  const copy = (leaseMs = 30_000, pauseMs = 0) =>
    startChild('test/support/schema-child.ts', [String(leaseMs), String(pauseMs)], settings());
  const versionOf = async () =>
    (await db().collection<{ _id: string; version: number }>('schema').findOne({ _id: 'version' }))?.version;
  const changed = () => db().collection(collection).distinct('changed');

  before('connect', async () => (connection = await connect(database.uri())));
  after('disconnect', () => connection.close());
  beforeEach('store what a first version would have stored', async () => {
    // Emptied, not dropped: making the indexes anew takes longer than most of these tests.
    await empty(connection, []);
    await ensureIndexes(connection, { others: jobIndexes });
    await db().collection('members').insertOne({ personKey: 'somebody', status: 'erased' });
    await db()
      .collection<{ _id: string }>(collection)
      .insertMany(Array.from({ length: notes }, (_, index) => ({ _id: `note-${String(index).padStart(4, '0')}` })));
  });

  it('are numbered by the version they lead to, without a gap, and never change their names', () => {
    const numbers = own.map(({ name }) => Number(/^(\d{4})-[a-z0-9-]+$/u.exec(name)?.[1]));
    expect(numbers).to.deep.equal(own.map((_, index) => index + 2));
  });

  it('mark a database in which nothing was ever stored as of this version, and do nothing in it', async () => {
    await db().collection('members').deleteMany({});
    await prepareSchema(connection, options());
    expect(await versionOf()).to.equal(3);
    expect(await changed()).to.deep.equal([]);
    expect((await schemaState(connection, testMigrations())).pending).to.deep.equal([]);
  });

  it('take a database without a version for one of the first, and bring it to this one in order', async () => {
    expect(await schemaState(connection, testMigrations())).to.include({ version: 1, wanted: 3 });
    const seen: string[] = [];
    const onProgress = ({ migration, done, total }: { migration: string; done: number; total: number }): void =>
      void seen.push(`${migration} ${done}/${total}`);
    await prepareSchema(connection, { ...options(), onProgress });
    expect(await versionOf()).to.equal(3);
    expect(await changed()).to.deep.equal([1]);
    expect(seen).to.include.members(['0002-notes-with-a-shape 0/40', '0002-notes-with-a-shape 40/40']);
    const records = await db().collection('migrations').find().toArray();
    expect(records.map(({ _id }) => String(_id))).to.deep.equal(['0002-notes-with-a-shape', '0003-notes-counted']);
    for (const record of records) expect(record).to.include.keys('begunAt', 'doneAt', 'seconds');
  });

  it('leave nobody in a team who said that they have none, and everybody else in theirs', async () => {
    const hasher = createHasher(secret);
    const typed = ['-', 'Aucune', 'néant', 'n/a', 'Direction', '3D'];
    const records = typed.map((name) => ({
      _id: name,
      personKey: name,
      status: 'active',
      ties: { team: hasher.team(name) },
    }));
    await db().collection<{ _id: string }>('members').insertMany(records);
    await prepareSchema(connection, options(own));
    const left = await db()
      .collection('members')
      .find({ 'ties.team': { $exists: true } })
      .toArray();
    expect(left.map(({ _id }) => String(_id))).to.deep.equal(['Direction', '3D']);
    expect((await schemaState(connection, own)).pending).to.deep.equal([]);
  });

  it('let an address count that the platform gave too, and any other one wait for its code', async () => {
    const [hasher, cipher] = [createHasher(secret), createCipher(secret)];
    const seal = (id: string, field: string, text: string) => cipher.seal(text, { collection: 'members', id, field });
    const people: [string, string, string | undefined, string][] = [
      ['same', 'ada@etis.example', 'ADA@etis.example', 'active'],
      ['other', 'ada@home.example', 'ada@etis.example', 'active'],
      ['silent', 'bea@etis.example', undefined, 'paused'],
      ['erased', '', undefined, 'erased'],
    ];
    const records = people.map(([id, typed, given, status]) => ({
      _id: id,
      personKey: id,
      status,
      email: seal(id, 'email', typed),
      ...(given !== undefined && { platformAddress: hasher.email(given) }),
    }));
    await db().collection<{ _id: string }>('members').insertMany(records);
    await prepareSchema(connection, options(own));
    const stored = await db().collection<Record<string, unknown> & { _id: string }>('members').find().toArray();
    const found = Object.fromEntries(
      stored
        .filter(({ personKey }) => people.some(([id]) => id === personKey))
        .map(({ _id, email, addressProof, pendingEmail }) => {
          const open = (field: string, text: unknown): string | undefined =>
            text === undefined ? undefined : cipher.open(text as string, { collection: 'members', id: _id, field });
          return [_id, [open('email', email), addressProof, open('pendingEmail', pendingEmail)]];
        }),
    );
    expect(found).to.deep.equal({
      same: ['ada@etis.example', 'earlier', undefined],
      other: ['ada@home.example', undefined, 'ada@home.example'],
      silent: ['bea@etis.example', undefined, 'bea@etis.example'],
      erased: ['', undefined, undefined],
    });
    expect((await schemaState(connection, own)).pending).to.deep.equal([]);
  });

  it('touch nothing in a database that is of this version already', async () => {
    await prepareSchema(connection, options());
    const before = await linesOf(db());
    await prepareSchema(connection, options());
    expect(await linesOf(db())).to.deep.equal(before);
  });

  it('are done by exactly one of two copies that start at once; the other waits, and both are ready', async () => {
    const copies = [copy(30_000, 100), copy(30_000, 100)];
    expect(await Promise.all(copies.map(({ ended }) => ended))).to.deep.equal([0, 0]);
    expect(await changed()).to.deep.equal([1]);
    const worked = copies.filter((one) => one.out().includes('0002-notes-with-a-shape 10/40'));
    expect(worked).to.have.length(1);
    for (const one of copies) expect(one.out()).to.include('ready');
  });

  it('are gone on with by a copy that waits, when the one at work is killed in their midst', async () => {
    const killed = copy(1500, 60_000);
    await killed.says('0002-notes-with-a-shape 0/40');
    const waiting = copy(1500);
    await waiting.says('waits');
    expect(waiting.out()).not.to.include('ready');
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(await waiting.ended, waiting.err()).to.equal(0);
    expect(waiting.out()).to.match(/0002-notes-with-a-shape 0\/(?:30|40)\n/u);
    expect(await changed()).to.deep.equal([1]);
    expect(await versionOf()).to.equal(3);
  });

  it('are left by a copy whose lease another one has, before its next write', async () => {
    const stolen: Migration = {
      ...testMigrations()[0]!,
      up: async (context) => {
        await db()
          .collection<{ _id: string }>('schema')
          .updateOne({ _id: 'lease' }, { $set: { holder: 'another' } });
        // The next renewal finds out.
        for (;;) {
          context.progress(0, 1);
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    };
    let tries = 0;
    const once: Migration = {
      ...stolen,
      up: (context) => ((tries += 1) === 1 ? stolen.up(context) : Promise.resolve()),
    };
    await prepareSchema(connection, { ...options([once]), leaseMs: 600, pollMs: 20 });
    expect(tries).to.equal(2);
  });

  it('of a copy that is at work keep every other one from beginning', async () => {
    const lease = await takeLease(db(), 30_000);
    expect(await takeLease(db(), 30_000)).to.equal(undefined);
    await lease?.release();
    const next = await takeLease(db(), 30_000);
    expect(next).not.to.equal(undefined);
    await next?.release();
  });

  it('that fail stop the start in one sentence without the error’s words, and go on at the next', async () => {
    const failing: Migration = { ...testMigrations()[0]!, up: () => Promise.reject(new TypeError('Ada Martin')) };
    const error = await prepareSchema(connection, options([failing])).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(SchemaError);
    expect((error as Error).message)
      .to.match(/^The migration 0002-notes-with-a-shape failed \(TypeError\)[^\n]+$/u)
      .and.not.to.include('Ada');
    await prepareSchema(connection, options());
    expect(await changed()).to.deep.equal([1]);
  });

  describe('of a newer version', () => {
    const sentence = /^The database was written by a newer version of Mentorat Dialogue [^\n]+\n$/u;
    const note = () =>
      db()
        .collection<{ _id: string }>('migrations')
        .insertOne({ _id: '9000-later', begunAt: new Date() } as never);

    const refused: [string, string, string[]][] = [
      ['the service', 'service/main.ts', []],
      ['the command line, when it would write', 'service/cli/main.ts', ['admin', 'link', '--name', 'Ada Admin']],
      ['the command "migrate"', 'service/cli/main.ts', ['migrate']],
      ['the command line, when it would only read', 'service/cli/main.ts', ['jobs']],
      ['the demonstration', 'service/demo/main.ts', []],
      ['the seed', 'service/demo/seed-main.ts', []],
    ];
    for (const [who, script, args] of someOf(refused, 3)) {
      it(`even if only begun, refuse ${who}: one sentence, exit code 1, nothing changed`, async () => {
        await note();
        if (script.includes('demo')) await db().collection('members').deleteMany({});
        // What the demonstration remembers beside the programme is its own.
        const lines = async () => (await linesOf(db())).filter((line) => !line.includes('"collection":"demo_'));
        const before = await lines();
        const [port, intranets] = await ownPorts(2);
        const ports = { PORT: String(port), INTRANETS_PORT: String(intranets) };
        const { code, err } = await runChild(script, args, { ...settings(), ...ports });
        expect(err).to.match(sentence);
        expect(code).to.equal(1);
        expect(await lines()).to.deep.equal(before);
      });
    }

    it('are named by doctor, which writes nothing', async () => {
      await note();
      const before = await linesOf(db());
      const { code, out } = await runChild('service/cli/main.ts', ['doctor'], settings());
      expect(out).to.match(/^failed +schema +The database was written by a newer version/mu);
      expect(code).to.equal(1);
      expect(await linesOf(db())).to.deep.equal(before);
    });
  });

  describe('by the command line', () => {
    const said: string[] = [];
    const run = (values: Record<string, boolean>): Promise<number> => {
      said.length = 0;
      const config = loadConfig(settings());
      const context = {
        say: (line: string) => void said.push(line),
        open: () => Promise.resolve({ config, uri: database.uri() }),
      };
      return migrateWith(testMigrations()).run(context as unknown as Context, values);
    };

    it('say with --dry-run what would be done, and leave the whole database as it is', async () => {
      await db().collection('outbox').dropIndex('settled');
      const before = await linesOf(db());
      expect(await run({ 'dry-run': true })).to.equal(0);
      expect(said.join('\n'))
        .to.include('0002-notes-with-a-shape: Every note says its shape (40 records)')
        .and.to.include('index outbox.settled would be made');
      expect(await linesOf(db())).to.deep.equal(before);
    });

    it('are done in sight of whoever asked, once', async () => {
      expect(await run({})).to.equal(0);
      expect(said).to.include.members(['  0002-notes-with-a-shape: 20 of 40', 'It has schema 3 now.']);
      expect(await run({})).to.equal(0);
      expect(await changed()).to.deep.equal([1]);
    });

    it('are never done by another command', async () => {
      const refusal = await prepareSchema(connection, { ...options(), older: 'refuse' }).catch(
        (error: unknown) => error,
      );
      expect((refusal as Error).message).to.include('mentorat -- migrate');
      expect(await versionOf()).to.equal(undefined);
      expect(await changed()).to.deep.equal([]);
    });
  });
});
