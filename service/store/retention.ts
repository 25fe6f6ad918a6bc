// Deletes what the charter promises to delete. Sessions and the outbox have their own purges.
import type { Connection } from 'mongoose';
import type { ProposalStatus } from '../domain/proposal.ts';
import type { Retention } from '../usecases/ports.ts';
import { modelOf } from './collection.ts';
import { dialogueSchema } from './dialogues.ts';
import { meetingSchema } from './meetings.ts';
import { noticeSchema } from './outbox.ts';
import { proposalSchema } from './proposals.ts';
import { requestSchema } from './requests.ts';

const endedWithout: readonly ProposalStatus[] = ['lapsed', 'superseded'];

/** The deletions on a connection. */
export function retentionOf(connection: Connection): Retention {
  const dialogues = modelOf(connection, dialogueSchema);
  const meetings = modelOf(connection, meetingSchema);
  const proposals = modelOf(connection, proposalSchema);
  const requests = modelOf(connection, requestSchema);
  const notices = modelOf(connection, noticeSchema);
  return {
    async unlinkDialogues(closedBefore, limit) {
      const ended = await dialogues
        .find({ status: 'closed', closedAt: { $lt: closedBefore } }, { requestId: 1 })
        .limit(limit)
        .lean<{ _id: string; requestId: string }[]>();
      const ids = ended.map(({ _id }) => _id);
      // The dialogue goes last: what a crash leaves behind is found by it again.
      await meetings.deleteMany({ dialogueId: { $in: ids } });
      await proposals.deleteMany({ _id: { $in: ids } });
      await requests.deleteMany({ _id: { $in: ended.map(({ requestId }) => requestId) }, status: 'closed' });
      return (await dialogues.deleteMany({ _id: { $in: ids } })).deletedCount;
    },
    async dropProposals(sentBefore) {
      const ended = { status: { $in: endedWithout }, unsettled: { $exists: false }, sentAt: { $lt: sentBefore } };
      return (await proposals.deleteMany(ended)).deletedCount;
    },
    async forgetMember(memberId) {
      await requests.deleteMany({ memberId, status: 'closed' });
      await notices.deleteMany({ memberId });
    },
  };
}
