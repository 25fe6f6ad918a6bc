// Meetings: a dialogue has at most one planned, and a change names the sequence the person saw.
import type { Connection } from 'mongoose';
import { meetingLife, plannedStatuses, type Meeting } from '../domain/meeting.ts';
import type { Meetings } from '../usecases/ports.ts';
import type { Cipher } from './cipher.ts';
import { Collection, indexDue, part, schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const claims = { type: [String], default: undefined } as const;
const planned = { status: { $in: plannedStatuses } };

export const meetingSchema = schemaOf('meetings', {
  dialogueId: text,
  status: text,
  suggestedById: text,
  startsAt: { type: Date, required: true },
  minutes: count,
  modality: text,
  sequence: count,
  agreedSequence: Number,
  agreedAt: Date,
  firstAgreedAt: Date,
  moved: Boolean,
  claims,
  move: part({ startsAt: { type: Date, required: true }, modality: text, suggestedById: text, claims }),
  taken: claims,
});

indexDue(meetingSchema, meetingLife);
meetingSchema.index(
  { dialogueId: 1 },
  { name: 'one_planned_a_dialogue', unique: true, partialFilterExpression: planned },
);
meetingSchema.index({ dialogueId: 1, startsAt: 1 }, { name: 'of_dialogue' });

meetingSchema.index(
  { taken: 1 },
  { name: 'one_meeting_a_time', unique: true, partialFilterExpression: { taken: { $exists: true } } },
);

/** The meetings' repository on a connection. */
export function meetingsOf(connection: Connection, cipher: Cipher): Meetings {
  const meetings = new Collection<Meeting>(connection, { schema: meetingSchema, cipher, life: meetingLife });
  return {
    find: (id) => meetings.findOne({ _id: id }),
    findPlanned: (dialogueId) => meetings.findOne({ dialogueId, ...planned }),
    listOf: (dialogueId) => meetings.list({ dialogueId }, { startsAt: 1 }),
    async listTaken(memberIds) {
      const of = memberIds.map((id) => ({ taken: { $elemMatch: { $gte: `${id} `, $lt: `${id}!` } } }));
      const some = await meetings.list({ $or: of });
      return some.flatMap(({ taken = [] }) => taken);
    },
    insert: (meeting) => meetings.insert(meeting),
    change: (id, { from, sequence }, change) => meetings.change(id, { status: { $in: from }, sequence }, change),
    listDue: (now, limit) => meetings.listDue(now, limit),
    advance: (id, done, next) => meetings.advance(id, done, next),
  };
}
