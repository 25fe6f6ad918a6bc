// A mentor who lets two proposals in a row pass without a word is paused, so that nobody waits in vain. An answer, whatever
// it is, begins the count anew. What is kept is a count: which proposals those were, nobody can look up.
import { untilResumed } from '../domain/mentor-offer.ts';
import type { Proposal } from '../domain/proposal.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { today } from './records.ts';

/** Silent lapses in a row after which an offer is paused. */
const mostSilent = 2;

/** Frees the mentor's place; with it goes the only mark by which this lapse can be counted as a silence. Safe to repeat. */
export async function releaseLapsed(ports: Ports, { id, mentorId, mentorSilent }: Proposal): Promise<void> {
  if (mentorSilent) await ports.members.releaseSilent(mentorId, id, today(ports));
  else await ports.members.releasePlace(mentorId, id);
}

/** Pauses the mentor whose silence this lapse completed. Safe to repeat. */
export async function pauseIfSilent(ports: Ports, { mentorId, mentorLabId, mentorSilent }: Proposal): Promise<void> {
  if (!mentorSilent) return;
  const { silent, offer, status } = (await ports.members.find(mentorId)) ?? {};
  if (!silent || !offer || status !== 'active' || silent.count < mostSilent) return;
  // Under the day on which they fell silent: several lapses of one run are one reason to write.
  const news = { kind: 'mentor_auto_paused', subjectId: mentorId, step: silent.since } as const;
  await notify(ports, [{ memberId: mentorId, labId: mentorLabId }], news);
  await ports.members.pauseSilent(mentorId, mostSilent, untilResumed);
}

/** Somebody who answers is there. */
export async function forgetSilence(ports: Ports, mentorId: string): Promise<void> {
  await ports.members.change(mentorId, ['active', 'paused'], { silent: null });
}
