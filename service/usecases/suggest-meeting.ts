import { MentoringError } from '../domain/errors.ts';
import type { Dialogue } from '../domain/dialogue.ts';
import { commonStarts, meetingMinutes, type Attendee, type Meeting } from '../domain/meeting.ts';
import type { Modality } from '../domain/terms.ts';
import { notify, partnerIn } from './notify.ts';
import type { Ports } from './ports.ts';
import { getLab, getOwnDialogue } from './records.ts';

/** How far ahead times are on offer, in days. */
const horizonDays = 21;

export interface MeetingInput {
  readonly memberId: string;
  readonly dialogueId: string;
  readonly startsAt: Date;
  readonly modality: Modality;
}

/** Instants at which the two could meet in the next three weeks, ascending; none when one of them has left. */
export async function findCommonStarts(ports: Ports, dialogue: Dialogue): Promise<Date[]> {
  const members = await ports.members.findMany([dialogue.menteeId, dialogue.mentorId]);
  const [one, other] = members.flatMap(({ profile, labId }): Attendee[] =>
    profile ? [{ availability: profile.availability, calendar: getLab(ports, labId).calendar }] : [],
  );
  return one && other ? commonStarts([one, other], ports.clock.now(), horizonDays) : [];
}

/** Suggests one of the common times; the other person agrees or not. One planned meeting at a time. */
export async function suggestMeeting(ports: Ports, input: MeetingInput): Promise<Meeting> {
  const { memberId, startsAt, modality } = input;
  const dialogue = await getOwnDialogue(ports, input);
  if (dialogue.status === 'closed') throw new MentoringError('dialogue_over');
  const starts = await findCommonStarts(ports, dialogue);
  const isCommon = starts.some((start) => start.getTime() === startsAt.getTime());
  if (!isCommon || !dialogue.common.modalities.includes(modality)) throw new MentoringError('slot_not_common');
  const meeting: Meeting = {
    id: ports.newId(),
    dialogueId: dialogue.id,
    status: 'suggested',
    suggestedById: memberId,
    startsAt,
    minutes: meetingMinutes,
    modality,
    sequence: 0,
    due: { step: 'expire', at: startsAt },
  };
  await notify(ports, partnerIn(dialogue, memberId), {
    kind: 'meeting_suggested',
    subjectId: meeting.id,
    actBy: startsAt,
  });
  if (!(await ports.meetings.insert(meeting))) throw new MentoringError('meeting_already_planned');
  return meeting;
}
