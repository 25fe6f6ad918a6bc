// Dialogues: a person has at most one open as mentee, held by a unique index over the open ones.
import type { Connection } from 'mongoose';
import { dialogueLife, openDialogueStatuses, type Dialogue } from '../domain/dialogue.ts';
import type { Dialogues } from '../usecases/ports.ts';
import type { Cipher } from './cipher.ts';
import { Collection, indexDue, part, schemaOf, waitingStill } from './collection.ts';
import { common, pair, reasons } from './pair-facts.ts';

const text = { type: String, required: true } as const;
export const open = { status: { $in: openDialogueStatuses } };

const sides = part({ mentee: Boolean, mentor: Boolean });

export const dialogueSchema = schemaOf('dialogues', {
  ...pair,
  status: text,
  closing: String,
  format: text,
  reasons,
  common,
  introducedAt: { type: Date, required: true },
  plannedEndOn: text,
  activeSince: Date,
  firstHeldAt: Date,
  lastSignAt: Date,
  heldSince: Date,
  closingSince: Date,
  renewal: sides,
  fitAnswered: sides,
  closedAt: Date,
});

indexDue(dialogueSchema, dialogueLife);
dialogueSchema.index({ menteeId: 1 }, { name: 'one_open_a_mentee', unique: true, partialFilterExpression: open });
dialogueSchema.index({ closedAt: 1 }, { name: 'closed', partialFilterExpression: { closedAt: { $exists: true } } });
dialogueSchema.index({ mentorId: 1 }, { name: 'open_of_mentor', partialFilterExpression: open });

/** The dialogues' repository on a connection. */
export function dialoguesOf(connection: Connection, cipher: Cipher): Dialogues {
  const dialogues = new Collection<Dialogue>(connection, { schema: dialogueSchema, cipher, life: dialogueLife });
  return {
    find: (id) => dialogues.findOne({ _id: id }),
    findMany: (ids) => dialogues.list({ _id: { $in: ids } }),
    insert: (dialogue) => dialogues.insert(dialogue),
    listOpenOf: (memberId) =>
      dialogues.list(
        {
          $or: [
            { menteeId: memberId, ...open },
            { mentorId: memberId, ...open },
          ],
        },
        { introducedAt: 1 },
      ),
    listOf: (memberId) =>
      dialogues.list({ $or: [{ menteeId: memberId }, { mentorId: memberId }] }, { introducedAt: 1 }),
    change: (id, from, change) => dialogues.change(id, { status: { $in: from } }, change),
    changeIfStill: ({ id, due }, from, change) =>
      dialogues.change(id, { status: { $in: from }, ...waitingStill(due) }, change),
    listDue: (now, limit) => dialogues.listDue(now, limit),
    advance: (id, done, next) => dialogues.advance(id, done, next),
    listForgotten: (limit) => dialogues.listForgotten(limit),
    remind: (id, due) => dialogues.remind(id, due),
    say: (id, what, { side, from, plannedEndOn }) =>
      dialogues.update(
        { _id: id, status: { $in: from }, ...(plannedEndOn && { plannedEndOn }) },
        { $set: { [`${what}.${side}`]: true } },
      ),
    renew: (id, plannedEndOn, change) =>
      dialogues.change(
        id,
        { status: { $in: ['active', 'closing'] }, plannedEndOn, 'renewal.mentee': true, 'renewal.mentor': true },
        { ...change, renewal: null },
      ),
  };
}
