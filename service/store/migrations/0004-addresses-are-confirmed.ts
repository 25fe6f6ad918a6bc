// Until now every address counted that somebody typed. The one that the person's platform gave too goes on to count; any
// other one waits for a code. Letters go on going there meanwhile: a dialogue must not fall silent.
import { createCipher } from '../cipher.ts';
import { createHasher } from '../hasher.ts';
import { inBatches, type Migration } from './migration.ts';

const todo = {
  status: { $ne: 'erased' },
  email: { $exists: true },
  addressProof: { $exists: false },
  pendingEmail: { $exists: false },
} as const;

export const addressesAreConfirmed: Migration = {
  name: '0004-addresses-are-confirmed',
  title: 'an address that only its person typed waits for a code',
  count: ({ db }) => db.collection('members').countDocuments(todo),
  up: (context) => {
    const cipher = createCipher(context.secret);
    const hasher = createHasher(context.secret);
    return inBatches(context, { collection: 'members', todo }, async (records, members) => {
      const writes = records.map(({ _id, email, platformAddress }) => {
        const place = { collection: 'members', id: _id };
        const address = cipher.open(String(email), { ...place, field: 'email' });
        const change =
          hasher.email(address) === platformAddress
            ? { addressProof: 'earlier' }
            : { pendingEmail: cipher.seal(address, { ...place, field: 'pendingEmail' }) };
        // Whoever gave another address meanwhile has gone on.
        return { updateOne: { filter: { ...todo, _id, email }, update: { $set: change } } };
      });
      await members.bulkWrite(writes, { ordered: false });
    });
  },
};
