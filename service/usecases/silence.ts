// A mentor who lets two proposals in a row pass without a word is paused, so that nobody waits in vain. An answer, whatever
// it is, begins the count anew.
import { untilResumed } from '../domain/member.ts';
import type { Proposal } from '../domain/proposal.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { answerBy } from './view-proposal.ts';
import { timersOfMember, waitingFor } from './waiting.ts';

/** Silent lapses in a row after which an offer is paused. */
const mostSilent = 2;

/** To be called before the lapse, which deletes the answers: only a mentor who had all the days to answer was silent. */
export async function noteSilence(ports: Ports, proposal: Proposal): Promise<void> {
  const hadTime = answerBy(ports, proposal) <= ports.clock.now();
  if (hadTime && !proposal.answers.mentor) await ports.members.noteSilence(proposal.mentorId, proposal.id);
}

/** Pauses the mentor whose silence this lapse completed. Safe to repeat. */
export async function pauseIfSilent(ports: Ports, { id, mentorId, mentorLabId }: Proposal): Promise<void> {
  const mentor = await ports.members.find(mentorId);
  const { silent = [], offer, status } = mentor ?? {};
  if (!mentor || !offer || status !== 'active' || silent.length < mostSilent || !silent.includes(id)) return;
  const paused = { ...offer, pausedUntil: untilResumed };
  await notify(ports, [{ memberId: mentorId, labId: mentorLabId }], { kind: 'mentor_auto_paused', subjectId: id });
  const waits = waitingFor(ports, timersOfMember(ports, { ...mentor, offer: paused }));
  await ports.members.change(mentorId, ['active'], { offer: paused, silent: null, ...waits });
}

/** Somebody who answers is there. */
export async function forgetSilence(ports: Ports, mentorId: string): Promise<void> {
  await ports.members.change(mentorId, ['active', 'paused'], { silent: null });
}
