import { isOpenAsMentor } from '../domain/member.ts';
import { isLive, lapseStep, sideOf, type Proposal } from '../domain/proposal.ts';
import { forgetReminders, lapseAtNextRun, lapseProposal } from './end-proposal.ts';
import { follow } from './follow.ts';
import { bothOf, notify, type Recipient } from './notify.ts';
import type { Ports } from './ports.ts';
import { today } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { answerBy } from './view-proposal.ts';
import { timersOfProposal } from './waiting.ts';

/** Reminds those who have not answered, and lets lapse what nobody took up. */
export async function sweepProposals(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'proposals',
    list: (limit) => ports.proposals.listDue(ports.clock.now(), limit),
    act: (proposal) => followProposal(ports, proposal),
  });
}

async function followProposal(ports: Ports, found: Proposal): Promise<void> {
  const { due } = found;
  if (!due) return;
  if (due.step === lapseStep) return lapseProposal(ports, found);
  const proposal = await withLapse(ports, found);
  if (!proposal) return;
  await follow(ports, {
    due,
    timers: timersOfProposal(ports, proposal),
    act: async ({ step }) => {
      if (step === lapseStep) await lapseProposal(ports, proposal);
      else await remind(ports, proposal, step);
      return step === lapseStep;
    },
    advance: async (done, next) => {
      const isMoved = await ports.proposals.advance(proposal.id, done, next);
      if (!isMoved) await forgetIfOver(ports, proposal.id);
      return isMoved;
    },
  });
}

/** Another copy has ended it while this one wrote its reminder, which must not outlive it. */
async function forgetIfOver(ports: Ports, id: string): Promise<void> {
  const proposal = await ports.proposals.find(id);
  if (proposal && !isLive(proposal)) await forgetReminders(ports, proposal);
}

/** Makes up for a crash between a refusal and its consequence. undefined: it is over meanwhile. */
async function withLapse(ports: Ports, proposal: Proposal): Promise<Proposal | undefined> {
  const isRefused = Object.values(proposal.answers).includes('no');
  return isRefused && !proposal.lapseAt ? lapseAtNextRun(ports, proposal) : proposal;
}

async function remind(ports: Ports, proposal: Proposal, step: string): Promise<void> {
  const waiting = await Promise.all(
    bothOf(proposal).map(async (one) => ((await isAsked(ports, proposal, one)) ? [one] : [])),
  );
  const actBy = answerBy(ports, proposal);
  await notify(ports, waiting.flat(), { kind: 'proposal_reminder', subjectId: proposal.id, step, actBy });
}

/** Neither whoever has answered, nor whoever has paused since: their pause lets it lapse at the next run. */
async function isAsked(ports: Ports, proposal: Proposal, { memberId }: Recipient): Promise<boolean> {
  const side = sideOf(proposal, memberId);
  if (proposal.answers[side]) return false;
  const member = await ports.members.find(memberId);
  if (!member) return false;
  return side === 'mentor' ? isOpenAsMentor(member, today(ports)) : member.status === 'active';
}
