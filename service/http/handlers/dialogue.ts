// One dialogue: who the other person is, suggesting a meeting, ending it.
import { endDialogue } from '../../usecases/end-dialogue.ts';
import { suggestMeeting } from '../../usecases/suggest-meeting.ts';
import { viewDialogue } from '../../usecases/view-dialogue.ts';
import { readForm } from '../forms/form.ts';
import { meetingForm } from '../forms/meeting.ts';
import { presentDialogue } from '../present/dialogue.ts';
import { type Handler, page, type ParticipantVisit, seeOther } from '../visit.ts';

const idsOf = ({ member, params }: ParticipantVisit): { memberId: string; dialogueId: string } => ({
  memberId: member.id,
  dialogueId: params['id'] ?? '',
});

export const showDialogue: Handler<ParticipantVisit> = async (visit) =>
  page('dialogue', presentDialogue(visit, await viewDialogue(visit.ports, idsOf(visit))));

export const postMeeting: Handler<ParticipantVisit> = async (visit) => {
  const ids = idsOf(visit);
  const form = readForm(meetingForm, visit.body);
  if (!form.ok) return page('dialogue', presentDialogue(visit, await viewDialogue(visit.ports, ids), form), 422);
  await suggestMeeting(visit.ports, { ...ids, ...form.values });
  return seeOther(`/dialogues/${ids.dialogueId}`, 'meeting_suggested');
};

export const postDialogueEnd: Handler<ParticipantVisit> = async (visit) => {
  await endDialogue(visit.ports, idsOf(visit));
  return seeOther('/', 'dialogue_ended');
};
