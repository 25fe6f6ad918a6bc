// The one way in which a planned meeting changes: decided from what the person saw, told first, then written if it still
// is so. News whose write did not take place are found untrue when they would leave (domain/meeting-news).
import type { Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import { plannedStatuses, type Actor, type Meeting, type MeetingChange } from '../domain/meeting.ts';
import type { MeetingNews } from '../domain/meeting-news.ts';
import { notify, threadOf, type Recipient } from './notify.ts';
import type { Ports } from './ports.ts';
import { getOwnMeeting } from './records.ts';

export interface MeetingAnswer {
  readonly memberId: string;
  readonly meetingId: string;
  /** The meeting as the person saw it: a change in between is told, not overwritten. */
  readonly sequence: number;
}

/** The change, and who learns of it by which notice. */
export interface MeetingAct {
  readonly change: MeetingChange;
  readonly told: readonly Recipient[];
  readonly news: MeetingNews;
}

export interface Seen extends Actor {
  readonly meeting: Meeting;
  readonly dialogue: Dialogue;
}

/** @throws MentoringError not_found, dialogue_over, meeting_changed when it is not as the person saw it any more, slot_taken */
export async function changeMeeting(
  ports: Ports,
  { memberId, meetingId, sequence }: MeetingAnswer,
  decide: (seen: Seen) => MeetingAct | Promise<MeetingAct>,
): Promise<Meeting> {
  const { meeting, dialogue } = await getOwnMeeting(ports, { memberId, meetingId });
  if (meeting.sequence !== sequence) throw new MentoringError('meeting_changed');
  const { change, told, news } = await decide({ meeting, dialogue, memberId, now: ports.clock.now() });
  const actBy = change.move?.startsAt ?? change.startsAt;
  const about = { subjectId: meeting.id, step: change.sequence, thread: threadOf(ports, dialogue) };
  await notify(ports, told, { kind: news, ...about, ...(actBy && { actBy }) });
  const changed = await ports.meetings.change(meeting.id, { from: expected(meeting), sequence }, change);
  if (changed) return changed;
  const now = await ports.meetings.find(meeting.id);
  // Nobody has changed it: the time was taken for another meeting of one of the two.
  const isAsSeen = now?.sequence === sequence && now.status === meeting.status;
  throw new MentoringError(isAsSeen ? 'slot_taken' : 'meeting_changed');
}

/** @throws MentoringError meeting_changed for one that is over */
function expected({ status }: Meeting): readonly (typeof plannedStatuses)[number][] {
  const from = plannedStatuses.filter((planned) => planned === status);
  if (from.length === 0) throw new MentoringError('meeting_changed');
  return from;
}
