import { toLocal } from '../domain/calendar.ts';
import { plannedEnd, type Dialogue } from '../domain/dialogue.ts';
import { isOut } from '../domain/member.ts';
import type { Proposal } from '../domain/proposal.ts';
import { closeDialogue, settleClosed } from './end-dialogue.ts';
import { forgetReminders, settleLapsed } from './end-proposal.ts';
import { bothOf, notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { pairCalendar } from './records.ts';
import { timersOfDialogue, waitingFor } from './waiting.ts';

/**
 * What follows two yeses: the dialogue (its id is the proposal's, so there is one at most), the request matched, both
 * told. Safe to repeat. false when a place or the mentee's one dialogue could not be had: then it ends like any lapse.
 */
export async function settleConfirmed(ports: Ports, proposal: Proposal): Promise<boolean> {
  const introduced = (await ports.dialogues.find(proposal.id)) ?? (await introduce(ports, proposal));
  // Read after the dialogue is stored: whoever is excluded later finds it.
  if (introduced && !(await mayMeet(ports, proposal)))
    await closeDialogue(ports, introduced, { closing: 'ended_early' });
  if (!introduced) {
    const lapsed = await ports.proposals.change(proposal.id, ['confirmed'], {
      status: 'lapsed',
      answers: {},
      due: null,
    });
    if (lapsed) await settleLapsed(ports, lapsed);
    return false;
  }
  await ports.requests.changeProposed(proposal.requestId, proposal.id, {
    status: 'matched',
    message: null,
    due: null,
  });
  await notify(ports, bothOf(proposal), { kind: 'dialogue_introduced', subjectId: proposal.id });
  await endAgain(ports, proposal.id);
  await forgetReminders(ports, proposal);
  await ports.proposals.settle(proposal.id, 'confirmed');
  return true;
}

/** Nobody is introduced to somebody who was excluded, or left, between the two yeses. */
async function mayMeet(ports: Ports, { menteeId, mentorId }: Proposal): Promise<boolean> {
  return !(await ports.members.listParticipants([menteeId, mentorId])).some(isOut);
}

/** The dialogue, when its place and the mentee's one dialogue can be had. */
async function introduce(ports: Ports, proposal: Proposal): Promise<Dialogue | undefined> {
  if (!(await mayMeet(ports, proposal))) return undefined;
  if (!(await ports.members.confirmPlace(proposal.mentorId, proposal.id, ports.clock.now()))) return undefined;
  const dialogue = dialogueOf(ports, proposal);
  return (await ports.dialogues.insert(dialogue)) ? dialogue : ports.dialogues.find(proposal.id);
}

/** Somebody may have ended it before its request was matched: what its end frees is freed once more. */
async function endAgain(ports: Ports, dialogueId: string): Promise<void> {
  const dialogue = await ports.dialogues.find(dialogueId);
  if (dialogue?.status === 'closed') await settleClosed(ports, dialogue);
}

function dialogueOf(ports: Ports, proposal: Proposal): Dialogue {
  const introducedAt = ports.clock.now();
  const calendar = pairCalendar(ports, proposal);
  const { id, requestId, menteeId, mentorId, menteeLabId, mentorLabId, reasons, common } = proposal;
  const dialogue: Dialogue = {
    ...{ id, requestId, menteeId, mentorId, menteeLabId, mentorLabId, reasons, common },
    status: 'introduced',
    format: common.format,
    introducedAt,
    plannedEndOn: plannedEnd(common.format, toLocal(introducedAt, calendar.zone).date),
  };
  return { ...dialogue, ...waitingFor(ports, timersOfDialogue(ports, dialogue)) };
}
