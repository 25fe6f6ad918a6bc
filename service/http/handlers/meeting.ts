// The other person's answer to a suggested meeting, and calling it off.
import { MentoringError } from '../../domain/errors.ts';
import { agreeMeeting, type MeetingAnswer } from '../../usecases/agree-meeting.ts';
import { cancelMeeting } from '../../usecases/cancel-meeting.ts';
import { readForm } from '../forms/form.ts';
import { sequenceForm } from '../forms/meeting.ts';
import { type Handler, type ParticipantVisit, seeOther } from '../visit.ts';

/** @throws MentoringError meeting_changed when the form is not the one of the page */
function answerOf({ member, params, body }: ParticipantVisit): MeetingAnswer {
  const form = readForm(sequenceForm, body);
  if (!form.ok) throw new MentoringError('meeting_changed');
  return { memberId: member.id, meetingId: params['id'] ?? '', sequence: form.values.sequence };
}

export const postMeetingAgree: Handler<ParticipantVisit> = async (visit) => {
  const { dialogueId } = await agreeMeeting(visit.ports, answerOf(visit));
  return seeOther(`/dialogues/${dialogueId}`, 'meeting_agreed');
};

export const postMeetingCancel: Handler<ParticipantVisit> = async (visit) => {
  const { dialogueId } = await cancelMeeting(visit.ports, answerOf(visit));
  return seeOther(`/dialogues/${dialogueId}`, 'meeting_cancelled');
};
