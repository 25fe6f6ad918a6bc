// A planned meeting: agreeing, asking for another time, keeping the one that stands, calling off.
import { MentoringError } from '../../domain/errors.ts';
import { agreeMeeting } from '../../usecases/agree-meeting.ts';
import { cancelMeeting } from '../../usecases/cancel-meeting.ts';
import type { MeetingAnswer } from '../../usecases/change-meeting.ts';
import { keepMeeting } from '../../usecases/keep-meeting.ts';
import { moveMeeting } from '../../usecases/move-meeting.ts';
import { getOwnMeeting } from '../../usecases/records.ts';
import { viewDialogue } from '../../usecases/view-dialogue.ts';
import { readForm } from '../forms/form.ts';
import { moveForm, sequenceForm } from '../forms/meeting.ts';
import { presentDialogue } from '../present/dialogue.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';

const idsOf = ({ member, params }: ParticipantVisit): { memberId: string; meetingId: string } => ({
  memberId: member.id,
  meetingId: params['id'] ?? '',
});

/** @throws MentoringError meeting_changed when the form is not the one of the page */
function answerOf(visit: ParticipantVisit): MeetingAnswer {
  const form = readForm(sequenceForm, visit.body);
  if (!form.ok) throw new MentoringError('meeting_changed');
  return { ...idsOf(visit), sequence: form.values.sequence };
}

export const postMeetingAgree: Handler<ParticipantVisit> = async (visit) => {
  const { dialogueId } = await agreeMeeting(visit.ports, answerOf(visit));
  return seeOther(`/dialogues/${dialogueId}`, 'meeting_agreed');
};

export const postMeetingMove: Handler<ParticipantVisit> = async (visit) => {
  const ids = idsOf(visit);
  const form = readForm(moveForm, visit.body);
  if (!form.ok) {
    const { dialogue } = await getOwnMeeting(visit.ports, ids);
    const view = await viewDialogue(visit.ports, { memberId: ids.memberId, dialogueId: dialogue.id });
    return page('dialogue', presentDialogue(visit, view, form), 422);
  }
  const { dialogueId } = await moveMeeting(visit.ports, { ...ids, ...form.values });
  return seeOther(`/dialogues/${dialogueId}`, 'meeting_suggested');
};

export const postMeetingKeep: Handler<ParticipantVisit> = async (visit) => {
  const { dialogueId } = await keepMeeting(visit.ports, answerOf(visit));
  return seeOther(`/dialogues/${dialogueId}`, 'meeting_kept');
};

export const postMeetingCancel: Handler<ParticipantVisit> = async (visit) => {
  const { dialogueId } = await cancelMeeting(visit.ports, answerOf(visit));
  return seeOther(`/dialogues/${dialogueId}`, 'meeting_cancelled');
};
