// The stores of lti's ports: what only an atomic write can hold, held on the real engine.
import { expect } from 'chai';
import type { Registration, SessionRecord } from '../../../lti/index.ts';
import { ensureIndexes } from '../../../service/store/index.ts';
import { hostsHaveOneOwner } from '../../../service/store/migrations/0002-hosts-have-one-owner.ts';
import { createLtiStores, type LtiStores } from '../../../service/store/lti/index.ts';
import { registrationOf } from '../../lti/support/registration.ts';
import { useDatabase } from '../../support/database.ts';

const at = (seconds: number): Date => new Date(Date.parse('2026-11-22T10:00:00Z') + seconds * 1000);
const session = (change: Partial<SessionRecord> = {}): SessionRecord => ({
  id: 's',
  purpose: 'visit',
  registrationId: 'r',
  deploymentId: 'd',
  tenant: 'etis',
  person: 'p',
  locale: 'fr',
  sealed: 'sealed',
  createdAt: at(0),
  seenAt: at(0),
  expiresAt: at(3600),
  ...change,
});
const eight = Array.from({ length: 8 }, (_, index) => index);
const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', String);

describe('store/lti', () => {
  const database = useDatabase();
  let stores: LtiStores;
  before(async () => {
    await ensureIndexes(database.connection());
    stores = createLtiStores(database.connection());
  });

  it('keeps a registration as it was given, and one per issuer and client among eight that come together', async () => {
    const ids = eight.map((index) => `r${index}`);
    const outcomes = await Promise.all(ids.map((id) => outcome(stores.registrations.insert(registrationOf({ id })))));
    expect(outcomes.filter((one) => one === 'done')).to.have.lengthOf(1);
    expect(outcomes.filter((one) => one.includes('registration_exists'))).to.have.lengthOf(7);
    const [kept] = await stores.registrations.list();
    expect(kept).to.deep.equal(registrationOf({ id: kept?.id ?? '' }));
  });

  it('notes a waiting deployment once among eight, and never changes an approved one', async () => {
    await stores.registrations.insert(registrationOf({ id: 'w', clientId: 'w' }));
    const pending = { id: 'd', status: 'pending', firstSeenAt: at(1) } as const;
    await Promise.all(eight.map(() => stores.registrations.notePending('w', pending, 50)));
    const deployments = async () => (await stores.registrations.list()).find((one) => one.id === 'w')?.deployments;
    expect(await deployments()).to.deep.equal([pending]);
    const approved = { id: 'd', status: 'approved', tenant: 'lix', firstSeenAt: at(2) } as const;
    await Promise.all(eight.map(() => stores.registrations.saveDeployment('w', approved)));
    await stores.registrations.notePending('w', pending, 50);
    expect(await deployments()).to.deep.equal([{ ...approved, firstSeenAt: at(1) }]);
  });

  it('approves a deployment that was never seen, once among eight', async () => {
    await stores.registrations.insert(registrationOf({ id: 'v', clientId: 'v' }));
    const approved = { id: 'new', status: 'approved', tenant: 'lix', firstSeenAt: at(2) } as const;
    await Promise.all(eight.map(() => stores.registrations.saveDeployment('v', approved)));
    expect((await stores.registrations.list()).find((one) => one.id === 'v')?.deployments).to.deep.equal([approved]);
  });

  it('takes what an earlier version wrote for let in, and gives a host to the first of it', async () => {
    const documents = database.connection().collection<{ _id: string }>('lti_registrations');
    await documents.deleteMany({});
    await database.connection().db?.command({
      createIndexes: documents.collectionName,
      indexes: [{ key: { issuer: 1, clientId: 1 }, name: 'issuer_1_clientId_1', unique: true }],
    });
    const old = ({ id, ...facts }: Registration) => ({ _id: id, ...facts });
    const issuer = 'https://old.example';
    await documents.insertOne(old(registrationOf({ id: 'late', issuer, clientId: 'b', createdAt: at(2) })));
    await documents.insertOne(old(registrationOf({ id: 'early', issuer, clientId: 'a', createdAt: at(1) })));
    await documents.insertOne(old(registrationOf({ id: 'off', issuer: 'https://off.example', active: false })));
    // A migration that was cut short is run again.
    for (const db of [database.connection().db!, database.connection().db!]) {
      await hostsHaveOneOwner.up({ db, secret: '', progress: () => undefined });
    }
    const all = await stores.registrations.list();
    expect(all.map(({ id, ownedHost, awaitsApproval }) => [id, ownedHost, awaitsApproval])).to.deep.equal([
      ['off', 'off.example', undefined],
      ['early', 'old.example', undefined],
      ['late', undefined, undefined],
    ]);
    // The index of the earlier version would let nobody wait beside one that was let in.
    await stores.registrations.insert(registrationOf({ id: 'twin', issuer, clientId: 'a', awaitsApproval: true }));
    expect(await outcome(stores.registrations.setActive('twin', true))).to.include('registration_not_found');
  });

  it('says launch_replayed to the second insert of a session, also after its end', async () => {
    const outcomes = await Promise.all(eight.map(() => outcome(stores.sessions.insert(session()))));
    expect(outcomes.filter((one) => one === 'done')).to.have.lengthOf(1);
    await stores.sessions.end('s', at(10));
    expect(await outcome(stores.sessions.insert(session()))).to.include('launch_replayed');
    expect(await stores.sessions.find('s')).to.equal(undefined);
  });

  it('gives everybody their own session when a class comes in at once, and a replay among them to nobody', async () => {
    const people = Array.from({ length: 40 }, (_, index) => `class-${index}`);
    const begin = (person: string): Promise<string> => outcome(stores.sessions.insert(session({ id: person, person })));
    const outcomes = await Promise.all([...people, 'class-7'].map(begin));
    expect(outcomes.slice(0, 40)).to.deep.equal(people.map(() => 'done'));
    expect(outcomes[40]).to.include('launch_replayed');
    const found = await Promise.all([...people, 'class-none'].map((id) => stores.sessions.find(id)));
    expect(found.map((one) => one?.person)).to.deep.equal([...people, undefined]);
  });

  it('never moves the last visit back, and seals nothing into an ended session', async () => {
    await stores.sessions.insert(session({ id: 't' }));
    await stores.sessions.touch('t', at(120));
    await stores.sessions.touch('t', at(60));
    expect((await stores.sessions.find('t'))?.seenAt).to.deep.equal(at(120));
    await stores.sessions.end('t', at(130));
    await stores.sessions.saveSealed('t', 'late');
    expect(await stores.sessions.find('t')).to.equal(undefined);
  });

  it('ends every session of one person, and deletes only what is past its absolute end', async () => {
    await stores.sessions.insert(session({ id: 'a', person: 'ada' }));
    await stores.sessions.insert(session({ id: 'b', person: 'ada', expiresAt: at(7200) }));
    await stores.sessions.insert(session({ id: 'c', person: 'bob', expiresAt: at(7200) }));
    await stores.sessions.endAllOf('ada', at(5));
    expect(await stores.sessions.find('b')).to.equal(undefined);
    expect((await stores.sessions.find('c'))?.person).to.equal('bob');
    await stores.sessions.purge(at(3601));
    expect(await outcome(stores.sessions.insert(session({ id: 'a' })))).to.equal('done');
    expect(await outcome(stores.sessions.insert(session({ id: 'b' })))).to.include('launch_replayed');
  });

  it('gives an invitation to one of eight, and again after it was given back', async () => {
    await stores.invites.insert({ id: 'i', tenant: 'stms', createdAt: at(0), expiresAt: at(100) });
    const claim = () => stores.invites.claim('i', at(1));
    expect((await Promise.all(eight.map(claim))).filter((one) => one?.tenant === 'stms')).to.have.lengthOf(1);
    await stores.invites.release('i');
    expect(await claim()).to.deep.include({ id: 'i', usedAt: at(1) });
    await stores.invites.release('i');
    expect(await stores.invites.claim('i', at(100))).to.equal(undefined);
    expect(await stores.invites.list()).to.have.lengthOf(1);
  });

  it('keeps one key per period', async () => {
    const key = { period: 1, publicJwk: { kty: 'RSA' }, sealedPrivate: 'x', createdAt: at(0) };
    await Promise.all(eight.map((index) => stores.keys.insertOnce({ ...key, kid: `k${index}` })));
    await stores.keys.insertOnce({ ...key, kid: 'next', period: 2 });
    expect((await stores.keys.list()).map((one) => one.period)).to.deep.equal([1, 2]);
    await stores.keys.removeBefore(2);
    expect((await stores.keys.list()).map((one) => one.kid)).to.deep.equal(['next']);
  });
});
