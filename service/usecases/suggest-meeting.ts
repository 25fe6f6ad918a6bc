import { MentoringError } from '../domain/errors.ts';
import { dueOfSuggested, type Meeting, type MeetingTime } from '../domain/meeting.ts';
import { roomFor } from './meeting-times.ts';
import { notify, partnerIn, threadOf } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';

/** In one dialogue, with those that were called off: three years of one a week, and some. */
const mostMeetings = 200;
/** Of two who suggest at once the slower one looks again; each time somebody else was faster. */
const mostTries = 5;

export interface MeetingInput extends MeetingTime {
  readonly memberId: string;
  readonly dialogueId: string;
}

/** Suggests one of the common times; the other person agrees or not. One planned meeting at a time. */
export async function suggestMeeting(ports: Ports, input: MeetingInput): Promise<Meeting> {
  const { memberId, startsAt, modality } = input;
  const dialogue = await getOwnDialogue(ports, input);
  if (dialogue.status === 'closed') throw new MentoringError('dialogue_over');
  if ((await ports.meetings.listOf(dialogue.id)).length >= mostMeetings) throw new MentoringError('meetings_full');
  const id = ports.newId();
  const about = { subjectId: id, step: 0, actBy: startsAt, thread: threadOf(ports, dialogue) };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const room = await roomFor(ports, { dialogue }, input).catch((error: unknown) => {
      // It was there a moment ago.
      throw tries > 0 && error instanceof MentoringError ? new MentoringError('slot_taken') : error;
    });
    if (await ports.meetings.findPlanned(dialogue.id)) throw new MentoringError('meeting_already_planned');
    const meeting: Meeting = {
      ...{ id, dialogueId: dialogue.id, status: 'suggested', suggestedById: memberId },
      ...{ startsAt, modality, ...room, taken: room.claims, sequence: 0, due: dueOfSuggested(startsAt) },
    };
    await notify(ports, partnerIn(dialogue, memberId), { kind: 'meeting_suggested', ...about });
    if (await ports.meetings.insert(meeting)) return meeting;
  }
  throw new MentoringError('slot_taken');
}
