import { nextRegularRun } from '../domain/calendar.ts';
import { dueAfter, stepToDo, type Due, type Timer } from '../domain/follow-up.ts';
import type { Proposal } from '../domain/proposal.ts';
import { lapseAtNextRun, lapseProposal } from './end-proposal.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { pairCalendar } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';
import { answerBy } from './view-proposal.ts';

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
  if (due.step === 'lapse') return lapseProposal(ports, proposal);
  // Only after a crash between a refusal and its consequence: the sweep makes up for it.
  if (Object.values(proposal.answers).includes('no')) return lapseAtNextRun(ports, proposal);
  const timer = { steps: ports.rules.steps.proposal, since: proposal.sentAt, calendar: pairCalendar(ports, proposal) };
  const todo = stepToDo(timer, ports.clock.now()) ?? due;
  if (todo.step !== 'lapse') await remind(ports, proposal, todo.step);
  await ports.proposals.advance(proposal.id, due, nextOf(ports, timer, todo));
}

/** Silence ends at a regular run too, like a refusal. */
function nextOf(ports: Ports, timer: Timer, done: Due): Due | undefined {
  const next = done.step === 'lapse' ? done : dueAfter(timer, done.step);
  return next?.step === 'lapse' ? { step: 'lapse', at: nextRegularRun(ports.rules.zone, next.at) } : next;
}

async function remind(ports: Ports, proposal: Proposal, step: string): Promise<void> {
  const { answers, menteeId } = proposal;
  const silent = bothOf(proposal).filter(({ memberId }) => !answers[memberId === menteeId ? 'mentee' : 'mentor']);
  const actBy = answerBy(ports, proposal);
  await notify(ports, silent, { kind: 'proposal_reminder', subjectId: proposal.id, step, actBy });
}
