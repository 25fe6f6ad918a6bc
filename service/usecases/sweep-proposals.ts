import type { Proposal } from '../domain/proposal.ts';
import { lapseAtNextRun, lapseProposal } from './end-proposal.ts';
import { follow } from './follow.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
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

async function followProposal(ports: Ports, proposal: Proposal): Promise<void> {
  const { due } = proposal;
  if (!due) return;
  // Put forward by a refusal, or at the end of its days.
  if (due.step === 'lapse') return lapseProposal(ports, proposal);
  // Only after a crash between a refusal and its consequence: the sweep makes up for it.
  if (Object.values(proposal.answers).includes('no')) return lapseAtNextRun(ports, proposal);
  await follow(ports, {
    due,
    timers: timersOfProposal(ports, proposal),
    act: async ({ step }) => {
      if (step === 'lapse') await lapseProposal(ports, proposal);
      else await remind(ports, proposal, step);
      return step === 'lapse';
    },
    advance: (done, next) => ports.proposals.advance(proposal.id, done, next),
  });
}

async function remind(ports: Ports, proposal: Proposal, step: string): Promise<void> {
  const { answers, menteeId } = proposal;
  const silent = bothOf(proposal).filter(({ memberId }) => !answers[memberId === menteeId ? 'mentee' : 'mentor']);
  const actBy = answerBy(ports, proposal);
  await notify(ports, silent, { kind: 'proposal_reminder', subjectId: proposal.id, step, actBy });
}
