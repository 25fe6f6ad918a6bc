// The counting itself: exact under concurrency, shared by copies, silent about whom it counts, and never in the way.
import { expect } from 'chai';
import { limits } from '../../service/domain/limit.ts';
import { connect, ensureIndexes } from '../../service/store/index.ts';
import { createLimiter } from '../../service/store/limits.ts';
import { sharedEngineUri } from '../support/engine.ts';
import { testSecret, useStore } from '../support/store.ts';

describe('store: limits', () => {
  const { connection } = useStore();
  const records = () => connection().collection('limits');
  const two = () => [1, 2].map(() => createLimiter(connection(), { secret: testSecret, settings: { deed: 10 } }));

  beforeEach(async () => {
    await records().deleteMany({});
  });

  it('lets exactly ten of sixty pass, done at once in two copies on a collection that was just made', async () => {
    await records().drop();
    await Promise.all([1, 2].map(() => ensureIndexes(connection())));
    const copies = two();
    const waits = await Promise.all(Array.from({ length: 60 }, (_, act) => copies[act % 2]!.spend('deed', 'a person')));
    expect(waits.filter((wait) => wait === undefined)).to.have.length(10);
    for (const wait of waits) if (wait !== undefined) expect(wait).to.be.within(1, limits.deed.seconds);
    expect(copies.reduce((sum, copy) => sum + (copy.refused().deed ?? 0), 0)).to.equal(50);
    expect(await records().countDocuments()).to.equal(1);
  });

  it('counts apart what is done by another person, by another route, or under another limit', async () => {
    const [copy] = two();
    for (let act = 0; act < 10; act += 1) await copy!.spend('deed', 'post /a', 'one');
    expect(await copy!.spend('deed', 'post /a', 'one')).to.be.a('number');
    expect(await copy!.spend('deed', 'post /b', 'one')).to.equal(undefined);
    expect(await copy!.spend('deed', 'post /a', 'other')).to.equal(undefined);
    expect(await copy!.spend('export', 'post /a', 'one')).to.equal(undefined);
  });

  it('keeps a hash, a number and an instant: neither whom nor what, and another hash under another secret', async () => {
    const [copy] = two();
    await copy!.spend('survey', '/survey', '192.0.2.77');
    const [record] = await records().find().toArray();
    expect(Object.keys(record ?? {}).sort()).to.deep.equal(['_id', 'expire', 'key', 'points']);
    expect(record?.['key']).to.match(/^:?[\w-]{43}$/u);
    expect(JSON.stringify(record)).not.to.include('192.0.2').and.not.to.include('survey');
    const other = createLimiter(connection(), { secret: `${testSecret} of another service` });
    await other.spend('survey', '/survey', '192.0.2.77');
    expect(await records().distinct('key')).to.have.length(2);
  });

  it('forgets a count whose time has passed, read before it is purged or purged before it is read', async () => {
    const [copy] = two();
    const [other] = two();
    for (let act = 0; act < 10; act += 1) await copy!.spend('deed', 'one');
    expect(await other!.spend('deed', 'one')).to.be.a('number');
    await records().updateMany({}, { $set: { expire: new Date(Date.now() - 1000) } });
    expect(await two()[0]!.spend('deed', 'one')).to.equal(undefined);
    await records().updateMany({}, { $set: { expire: new Date(Date.now() - 1000) } });
    expect(await copy!.tidy()).to.equal(1);
    expect(await records().countDocuments()).to.equal(0);
  });

  it('writes nothing for whoever is over the limit, and nothing at all for what is counted by copy', async () => {
    const [copy] = two();
    for (let act = 0; act < 30; act += 1) await copy!.spend('deed', 'one');
    expect((await records().findOne())?.['points']).to.equal(11);
    for (let act = 0; act < 30; act += 1) await copy!.spend('entry', '/lti/login', '192.0.2.7');
    expect(await records().countDocuments()).to.equal(1);
  });

  it('goes on counting in the copy while the store is away', async () => {
    const gone = await connect(sharedEngineUri());
    await gone.close();
    const copy = createLimiter(gone, { secret: testSecret, settings: { deed: 3 } });
    const waits: (number | undefined)[] = [];
    for (let act = 0; act < 5; act += 1) waits.push(await copy.spend('deed', 'one'));
    expect(waits.map((wait) => wait === undefined)).to.deep.equal([true, true, true, false, false]);
  });
});
