// Proposals: two answers in one record, decided by the same write that records them.
import type { Connection } from 'mongoose';
import {
  isLive,
  lapseStep,
  liveProposalStatuses,
  proposalLife,
  type Answer,
  type Proposal,
  type ProposalSide,
  type ProposalStatus,
} from '../domain/proposal.ts';
import type { Due } from '../domain/follow-up.ts';
import type { Proposals } from '../usecases/ports.ts';
import { insertAll, rawOf } from './bulk.ts';
import type { Cipher } from './cipher.ts';
import { Collection, indexDue, part, schemaOf, waitingStill } from './collection.ts';
import { common, pair, reasons } from './pair-facts.ts';

const text = { type: String, required: true } as const;
const live = { status: { $in: liveProposalStatuses } };

export const proposalSchema = schemaOf('proposals', {
  ...pair,
  runKey: text,
  status: text,
  answers: { type: part({ mentee: String, mentor: String }), required: true },
  score: { type: Number, required: true },
  reasons,
  common,
  sentAt: { type: Date, required: true },
  lapseAt: Date,
  mentorSilent: Boolean,
  // Present while the consequences of the status may not all be there: the only thing the repair sweep looks at.
  unsettled: { type: Boolean, select: false },
});

indexDue(proposalSchema, proposalLife);
proposalSchema.index({ requestId: 1 }, { name: 'one_live_a_request', unique: true, partialFilterExpression: live });
proposalSchema.index({ menteeId: 1 }, { name: 'live_of_mentee', partialFilterExpression: live });
proposalSchema.index({ mentorId: 1 }, { name: 'live_of_mentor', partialFilterExpression: live });
proposalSchema.index({ sentAt: 1 }, { name: 'sent' });
proposalSchema.index(
  { unsettled: 1, sentAt: 1 },
  { name: 'unsettled', partialFilterExpression: { unsettled: { $exists: true } } },
);

type KeptProposal = Proposal & { readonly unsettled?: boolean };

/** The write that records an answer; it reads the other one in the same act, so two answers cannot miss each other. */
function answering(side: ProposalSide, answer: Answer): { $set: Record<string, unknown> }[] {
  const yes = ['mentee', 'mentor'].map((one) => ({ $eq: [`$answers.${one}`, 'yes'] }));
  const status = { $cond: [{ $and: yes }, 'confirmed', { $cond: [{ $or: yes }, 'half_accepted', 'sent'] }] };
  const unsettled = { $cond: [{ $and: yes }, true, '$unsettled'] };
  return [{ $set: { [`answers.${side}`]: answer } }, { $set: { status, unsettled } }];
}

/** What would tell, of a proposal that is over, how it came to its end. */
function ended(status: ProposalStatus) {
  return isLive({ status }) ? {} : ({ lapseAt: 1, mentorSilent: 1 } as const);
}

/** The due instant that a write leaves, in the same act: `lapseAt` is kept whoever moves `due` on at that moment. */
function dueAtLatest(due: Due | '$due') {
  const at = due === '$due' ? '$due.at' : due.at;
  const isBefore = { $and: [{ $gt: ['$lapseAt', null] }, { $lt: ['$lapseAt', at] }] };
  return { $set: { due: { $cond: [isBefore, { step: lapseStep, at: '$lapseAt' }, due] } } };
}

/** Brings the lapse forward to an instant, unless it is to come before. */
function lapsingBy(at: Date) {
  return [{ $set: { lapseAt: { $min: ['$lapseAt', at] } } }, dueAtLatest('$due')];
}

/** A yes is given once; a no may take it back while the proposal lives. */
function unsaid(id: string, side: ProposalSide, answer: Answer = 'yes') {
  return { _id: id, ...live, [`answers.${side}`]: answer === 'yes' ? { $exists: false } : { $ne: 'no' } };
}

/** A lapse takes along all that would tell how it came. */
function lapsing(isTimeUp: boolean) {
  const isSilent = { $eq: [{ $type: '$answers.mentor' }, 'missing'] };
  const noted = isTimeUp ? { mentorSilent: { $cond: [isSilent, true, '$$REMOVE'] } } : {};
  const lapsed = { status: 'lapsed', unsettled: true, ...noted };
  return [{ $set: lapsed }, { $set: { answers: { $literal: {} } } }, { $unset: ['due', 'lapseAt'] }];
}

/** What is said and how it ends: each one write that reads what it depends on. */
function writesOf(proposals: Collection<KeptProposal>): Pick<Proposals, 'answer' | 'keepApart' | 'lapseBy' | 'lapse'> {
  return {
    answer: (id, side, answer) => proposals.update(unsaid(id, side, answer), answering(side, answer)),
    keepApart: (id, side, lapseAt) => {
      const said = { [`answers.${side}`]: 'yes', status: 'half_accepted' };
      return proposals.update(unsaid(id, side), [{ $set: said }, ...lapsingBy(lapseAt)]);
    },
    lapseBy: (id, at) => proposals.update({ _id: id, ...live }, lapsingBy(at)),
    lapse: (id, isTimeUp) => proposals.update({ _id: id, ...live }, lapsing(isTimeUp)),
  };
}

/** The proposals' repository on a connection. */
export function proposalsOf(connection: Connection, cipher: Cipher): Proposals {
  const proposals = new Collection<KeptProposal>(connection, { schema: proposalSchema, cipher, life: proposalLife });
  const raw = rawOf(connection, proposalSchema);
  return {
    find: (id) => proposals.findOne({ _id: id }),
    insert: (proposal) => proposals.insert({ ...proposal, unsettled: true }),
    insertAll: (many) =>
      insertAll(
        raw,
        many.map(({ id, ...fields }) => ({ _id: id, ...fields, unsettled: true })),
      ),
    listLiveOf: (memberId) =>
      proposals.list(
        {
          $or: [
            { menteeId: memberId, ...live },
            { mentorId: memberId, ...live },
          ],
        },
        { sentAt: 1 },
      ),
    ...writesOf(proposals),
    change: (id, from, change) =>
      proposals.change(id, { status: { $in: from } }, change.status ? { ...change, unsettled: true } : change),
    listDue: (now, limit) => proposals.listDue(now, limit),
    advance: async (id, done, next) => {
      if (!next) return proposals.advance(id, done, next);
      return (await proposals.update({ _id: id, ...waitingStill(done) }, [dueAtLatest(next)])) !== undefined;
    },
    listForgotten: (limit) => proposals.listForgotten(limit),
    remind: (id, due) => proposals.remind(id, due),
    listUnsettled: (before, limit) =>
      proposals.list({ unsettled: true, sentAt: { $lt: before } }, { sentAt: 1 }, limit),
    settle: async (id, status) => {
      // Two yeses are the dialogue's existence by then: the answers go as those of any proposal that ended.
      const answers = status === 'confirmed' ? { $set: { answers: {} } } : {};
      await proposals.touch({ _id: id, status }, { $unset: { unsettled: 1, ...ended(status) }, ...answers });
    },
    settleSent: async (ids) => {
      const waiting = { _id: { $in: [...ids] }, status: { $in: ['sent', 'half_accepted'] } };
      await raw.updateMany(waiting, { $unset: { unsettled: 1 } });
    },
  };
}
