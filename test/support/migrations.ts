// Migrations of the tests only: notes become numbered ones, and each step counts how often it was done.
import { setTimeout as pause } from 'node:timers/promises';
import type { Migration } from '../../service/store/index.ts';
import { inBatches } from '../../service/store/migrations/index.ts';

/** A collection that is no part of the programme. */
export const collection = 'test_notes';
const todo = { shape: { $exists: false } };

/** pauseMs: between batches, so that somebody has the time to end the process in their midst. */
export const testMigrations = (pauseMs = 0): readonly Migration[] => [
  {
    name: '0002-notes-with-a-shape',
    title: 'Every note says its shape',
    count: ({ db }) => db.collection(collection).countDocuments(todo),
    up: (context) =>
      inBatches(context, { collection, todo, size: 10 }, async (records, notes) => {
        const ids = records.map(({ _id }) => _id);
        await notes.updateMany({ _id: { $in: ids }, ...todo }, [
          { $set: { shape: 2, changed: { $add: [{ $ifNull: ['$changed', 0] }, 1] } } },
        ]);
        if (pauseMs > 0) await pause(pauseMs);
      }),
  },
  {
    name: '0003-notes-counted',
    title: 'Every note is counted',
    count: () => Promise.resolve(0),
    up: async ({ db }) => {
      await db.collection(collection).updateMany({ counted: { $exists: false } }, { $set: { counted: true } });
    },
  },
];
