// Deletes what the charter promises to delete. Sessions and the outbox have their own purges.
import type { Connection } from 'mongoose';
import type { ProposalStatus } from '../domain/proposal.ts';
import type { EndedDialogue, Retention } from '../usecases/ports.ts';
import { rawOf } from './bulk.ts';
import { modelOf } from './collection.ts';
import { dialogueSchema } from './dialogues.ts';
import { letterTurnSchema } from './letter-turns.ts';
import { meetingSchema } from './meetings.ts';
import { memberSchema } from './member-schema.ts';
import { nudgeSchema } from './nudges.ts';
import { noticeSchema } from './outbox.ts';
import { proposalSchema } from './proposals.ts';
import { refusalSchema } from './refusals.ts';
import { requestSchema } from './requests.ts';
import { twinsSchema } from './twins.ts';

const endedWithout: readonly ProposalStatus[] = ['lapsed', 'superseded'];

/** The deletions on a connection. */
export function retentionOf(connection: Connection): Retention {
  // Past the mapper: the name under which a dialogue is counted is no business of the dialogue's.
  const dialogues = rawOf(connection, dialogueSchema);
  const meetings = modelOf(connection, meetingSchema);
  const proposals = modelOf(connection, proposalSchema);
  const requests = modelOf(connection, requestSchema);
  return {
    async nameEnded(closedBefore, { limit, newName }) {
      const ended = { status: 'closed', closedAt: { $lt: closedBefore } };
      const ids = (await dialogues.find(ended, { projection: { _id: 1 }, limit }).toArray()).map(({ _id }) => _id);
      if (ids.length === 0) return [];
      const naming = ids.map((_id) => ({
        updateOne: { filter: { _id, countedAs: { $exists: false } }, update: { $set: { countedAs: newName() } } },
      }));
      await dialogues.bulkWrite(naming, { ordered: false });
      const named = await dialogues.find({ _id: { $in: ids }, countedAs: { $exists: true } }).toArray();
      // Sound because the strict schema lets nothing else into the collection.
      return named.map(({ _id: id, ...dialogue }) => ({ id, ...dialogue }) as unknown as EndedDialogue);
    },
    async unlink(ended) {
      const ids = ended.map(({ id }) => id);
      // The dialogue goes last: what a crash leaves behind is found by it again.
      await meetings.deleteMany({ dialogueId: { $in: ids } });
      await proposals.deleteMany({ _id: { $in: ids } });
      await requests.deleteMany({ _id: { $in: ended.map(({ requestId }) => requestId) }, status: 'closed' });
      await dialogues.deleteMany({ _id: { $in: ids } });
    },
    async firstLinked() {
      const closed = { status: 'closed', closedAt: { $exists: true } };
      const first = await dialogues.findOne(closed, { projection: { closedAt: 1 }, sort: { closedAt: 1 } });
      return first?.['closedAt'] as Date | undefined;
    },
    async dropRequests(closedBefore) {
      return (await requests.deleteMany({ status: 'closed', closedAt: { $lt: closedBefore } })).deletedCount;
    },
    async dropProposals(sentBefore) {
      const ended = { status: { $in: endedWithout }, unsettled: { $exists: false }, sentAt: { $lt: sentBefore } };
      return (await proposals.deleteMany(ended)).deletedCount;
    },
    forgetMember: forgetOn(connection),
  };
}

/** Everything of a member but the record itself. */
function forgetOn(connection: Connection): Retention['forgetMember'] {
  const requests = modelOf(connection, requestSchema);
  const notices = modelOf(connection, noticeSchema);
  const letterTurns = modelOf(connection, letterTurnSchema);
  const members = modelOf(connection, memberSchema);
  const twins = modelOf(connection, twinsSchema);
  const mailing = [nudgeSchema, refusalSchema].map((schema) => modelOf(connection, schema));
  return async (memberId) => {
    await requests.deleteMany({ memberId, status: 'closed' });
    await notices.deleteMany({ memberId });
    await letterTurns.deleteMany({ memberId });
    // They stand in what was written to the other one as well.
    const ids = await twins.distinct('_id', { memberIds: memberId });
    await notices.deleteMany({ subjectId: { $in: ids } });
    await members.updateMany({ joining: { $in: ids } }, { $pullAll: { joining: ids } });
    await twins.deleteMany({ _id: { $in: ids } });
    await Promise.all(mailing.map((model) => model.deleteOne({ _id: memberId })));
  };
}
