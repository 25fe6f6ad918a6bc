// Planned meetings of before hold no claims yet: two of one person could be agreed at one time. Where that has happened already,
// the later one stays without, until the two move it.
import { claimsFor } from '../../domain/meeting-claims.ts';
import { plannedStatuses } from '../../domain/meeting.ts';
import type { StoredRecord } from '../collection.ts';
import { inBatches, type Database, type Migration } from './migration.ts';

const todo = { status: { $in: plannedStatuses }, taken: { $exists: false } };

interface Time {
  readonly startsAt: Date;
}

export const meetingsTakeTime: Migration = {
  name: '0005-meetings-take-time',
  title: 'planned meetings take the time of the two',
  count: ({ db }) => db.collection('meetings').countDocuments(todo),
  up: (context) =>
    inBatches(context, { collection: 'meetings', todo }, async (records) => {
      for (const record of records) await claim(context.db, record);
    }),
};

async function claim(db: Database, record: StoredRecord): Promise<void> {
  const dialogue = await db.collection<StoredRecord>('dialogues').findOne({ _id: String(record['dialogueId']) });
  if (!dialogue) return;
  const people = [dialogue['menteeId'], dialogue['mentorId']].map((id) => ({
    memberId: String(id),
    wishes: { marginMinutes: 0 },
  }));
  const claimsOf = ({ startsAt }: Time): string[] =>
    claimsFor({ startsAt, minutes: Number(record['minutes']), people }, new Set()) ?? [];
  const claims = claimsOf(record as unknown as Time);
  const move = record['move'] as Time | undefined;
  const moveClaims = move ? claimsOf(move) : [];
  const taken = [...new Set([...claims, ...moveClaims])];
  const meetings = db.collection<StoredRecord>('meetings');
  if (await meetings.findOne({ taken: { $in: taken }, _id: { $ne: record._id } })) return;
  await meetings.updateOne(
    { _id: record._id, ...todo, sequence: record['sequence'] },
    { $set: { claims, taken, ...(move && { 'move.claims': moveClaims }) } },
  );
}
