// Each host of an issuer belongs to one registration: of those that an administrator let in before this was said, the first.
import type mongoose from 'mongoose';
import { hostOf, inOrder } from '../../../lti/index.ts';
import type { Database, Migration } from './migration.ts';

interface Stored {
  readonly _id: string;
  readonly issuer: string;
  readonly createdAt: Date;
  readonly ownedHost?: string;
}

/** Forbade a second registration of an issuer and client id, also one that only waits. */
const oldIndex = 'issuer_1_clientId_1';

function registrationsOf(db: Database): mongoose.mongo.Collection<Stored> {
  return db.collection<Stored>('lti_registrations');
}

/** Ids of those that come to own their host, with it. */
async function ownersToBe(db: Database): Promise<[string, string][]> {
  const all = await registrationsOf(db)
    .find({ waiting: { $exists: false } } as object)
    .toArray();
  const owned = new Set(all.map(({ ownedHost }) => ownedHost));
  return inOrder(all.map(({ _id, ...one }) => ({ id: _id, ...one }))).flatMap(({ id, issuer }): [string, string][] => {
    const host = hostOf(issuer);
    if (owned.has(host)) return [];
    owned.add(host);
    return [[id, host]];
  });
}

export const hostsHaveOneOwner: Migration = {
  name: '0002-hosts-have-one-owner',
  title: 'each host of a platform belongs to the first registration of it',
  count: async ({ db }) => (await ownersToBe(db)).length,
  up: async ({ db, progress }) => {
    const registrations = registrationsOf(db);
    const indexes = await registrations.indexes().catch(() => []);
    if (indexes.some(({ name }) => name === oldIndex)) await registrations.dropIndex(oldIndex);
    const owners = await ownersToBe(db);
    for (const [done, [_id, ownedHost]] of owners.entries()) {
      progress(done, owners.length);
      await registrations.updateOne({ _id, ownedHost: { $exists: false } }, { $set: { ownedHost } });
    }
    progress(owners.length, owners.length);
  },
};
