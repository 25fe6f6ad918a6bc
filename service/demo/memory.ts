// What the demonstration keeps beside the programme's data: the clock's offset and the mails that arrived.
import { MongoClient, type Collection } from 'mongodb';

export interface StoredMail {
  /** Order of arrival. */
  _id: number;
  at: Date;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  files: { name: string; type: string; content: string }[];
}

interface Note {
  _id: 'clock' | 'seed';
  offsetMs?: number;
  done?: boolean;
}

/** none: another database's data, or nothing at all. begun: the seed was interrupted. */
export type SeedState = 'none' | 'begun' | 'done';

export interface DemoMemory {
  readonly mails: Collection<StoredMail>;
  readOffset(): Promise<number>;
  saveOffset(offsetMs: number): Promise<void>;
  seedState(): Promise<SeedState>;
  noteSeed(state: Exclude<SeedState, 'none'>): Promise<void>;
  /** Whether there are members at all. */
  hasMembers(): Promise<boolean>;
  /** Deletes the whole database, the programme's data too. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

export async function openMemory(uri: string): Promise<DemoMemory> {
  const client = await new MongoClient(uri).connect();
  const notes = client.db().collection<Note>('demo_notes');
  const mails = client.db().collection<StoredMail>('demo_mails');
  await mails.createIndexes([{ key: { at: -1 } }]);
  return {
    mails,
    readOffset: async () => (await notes.findOne({ _id: 'clock' }))?.offsetMs ?? 0,
    async saveOffset(offsetMs) {
      await notes.updateOne({ _id: 'clock' }, { $set: { offsetMs } }, { upsert: true });
    },
    async seedState() {
      const note = await notes.findOne({ _id: 'seed' });
      if (note === null) return 'none';
      return note.done ? 'done' : 'begun';
    },
    async noteSeed(state) {
      await notes.updateOne({ _id: 'seed' }, { $set: { done: state === 'done' } }, { upsert: true });
    },
    hasMembers: async () =>
      (await client
        .db()
        .collection('members')
        .findOne({}, { projection: { _id: 1 } })) !== null,
    async drop() {
      await client.db().dropDatabase();
    },
    close: () => client.close(),
  };
}
