import { MentoringError } from '../domain/errors.ts';
import type { Dialogue } from '../domain/dialogue.ts';
import { commonStarts, daysAhead, type Attendee } from '../domain/free-time.ts';
import { dueOfSuggested, meetingMinutes, type Meeting, type MeetingTime } from '../domain/meeting.ts';
import { notify, partnerIn, threadOf } from './notify.ts';
import type { Ports } from './ports.ts';
import { getLab, getOwnDialogue } from './records.ts';

/** Times of so many days are on offer; further ones only where there are fewer than `fewest`. */
const nearDays = 21;
const fewest = 6;
const dayMs = 86_400_000;
/** In one dialogue, with those that were called off: three years of one a week, and some. */
const mostMeetings = 200;

export interface MeetingInput extends MeetingTime {
  readonly memberId: string;
  readonly dialogueId: string;
}

/** Instants at which the two could meet in the next six weeks, ascending; none when one of them has left. */
async function findCommonStarts(ports: Ports, dialogue: Dialogue): Promise<Date[]> {
  const members = await ports.members.findMany([dialogue.menteeId, dialogue.mentorId]);
  const [one, other] = members.flatMap(({ profile, labId }): Attendee[] =>
    profile ? [{ availability: profile.availability, calendar: getLab(ports, labId).calendar }] : [],
  );
  return one && other ? commonStarts([one, other], ports.clock.now(), daysAhead) : [];
}

/** The nearest of them, which the pages offer. */
export async function findStartsOnOffer(ports: Ports, dialogue: Dialogue): Promise<Date[]> {
  const starts = await findCommonStarts(ports, dialogue);
  const near = starts.filter((start) => start.getTime() < ports.clock.now().getTime() + nearDays * dayMs);
  return starts.slice(0, Math.max(near.length, fewest));
}

/** @throws MentoringError slot_not_common unless both are free then and talk in this way */
export async function checkCommon(ports: Ports, dialogue: Dialogue, time: MeetingTime): Promise<void> {
  const starts = await findCommonStarts(ports, dialogue);
  const isCommon = starts.some((start) => start.getTime() === time.startsAt.getTime());
  if (!isCommon || !dialogue.common.modalities.includes(time.modality)) throw new MentoringError('slot_not_common');
}

/** Suggests one of the common times; the other person agrees or not. One planned meeting at a time. */
export async function suggestMeeting(ports: Ports, input: MeetingInput): Promise<Meeting> {
  const { memberId, startsAt, modality } = input;
  const dialogue = await getOwnDialogue(ports, input);
  if (dialogue.status === 'closed') throw new MentoringError('dialogue_over');
  if ((await ports.meetings.listOf(dialogue.id)).length >= mostMeetings) throw new MentoringError('meetings_full');
  await checkCommon(ports, dialogue, input);
  const meeting: Meeting = {
    id: ports.newId(),
    dialogueId: dialogue.id,
    status: 'suggested',
    suggestedById: memberId,
    startsAt,
    minutes: meetingMinutes,
    modality,
    sequence: 0,
    due: dueOfSuggested(startsAt),
  };
  const about = { subjectId: meeting.id, step: meeting.sequence, actBy: startsAt, thread: threadOf(ports, dialogue) };
  await notify(ports, partnerIn(dialogue, memberId), { kind: 'meeting_suggested', ...about });
  if (!(await ports.meetings.insert(meeting))) throw new MentoringError('meeting_already_planned');
  return meeting;
}
