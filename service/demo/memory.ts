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
  doneAt?: Date;
}

export interface DemoMemory {
  readonly mails: Collection<StoredMail>;
  readOffset(): Promise<number>;
  saveOffset(offsetMs: number): Promise<void>;
  /** Whether the seed came to its end. */
  isSeeded(): Promise<boolean>;
  noteSeeded(at: Date): Promise<void>;
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
    isSeeded: async () => (await notes.findOne({ _id: 'seed' })) !== null,
    async noteSeeded(doneAt) {
      await notes.updateOne({ _id: 'seed' }, { $set: { doneAt } }, { upsert: true });
    },
    close: () => client.close(),
  };
}
