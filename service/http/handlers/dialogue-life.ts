// What either of the two may say about their dialogue, each a button: in touch, on hold, going on, how it fits.
import { answerFitCheck } from '../../usecases/answer-fit-check.ts';
import { stayInTouch } from '../../usecases/begin-dialogue.ts';
import { holdDialogue, resumeDialogue } from '../../usecases/hold-dialogue.ts';
import { renewDialogue } from '../../usecases/renew-dialogue.ts';
import { fitForm, renewForm } from '../forms/dialogue.ts';
import { readForm } from '../forms/form.ts';
import { type Handler, type ParticipantVisit, seeOther } from '../visit.ts';

interface Own {
  readonly memberId: string;
  readonly dialogueId: string;
}

const ownOf = ({ member, params }: ParticipantVisit): Own => ({ memberId: member.id, dialogueId: params['id'] ?? '' });

/** A button that needs nothing but the dialogue; afterwards its page, with the notice `done`. */
function button(act: (ports: ParticipantVisit['ports'], own: Own) => Promise<unknown>, done: string) {
  return async (visit: ParticipantVisit) => {
    const own = ownOf(visit);
    await act(visit.ports, own);
    return seeOther(`/dialogues/${own.dialogueId}`, done);
  };
}

export const postInTouch: Handler<ParticipantVisit> = button(stayInTouch, 'in_touch');
export const postHold: Handler<ParticipantVisit> = button(holdDialogue, 'on_hold');
export const postResume: Handler<ParticipantVisit> = button(resumeDialogue, 'dialogue_resumed');

/** The page names the end that the person saw: a yes counts for that one only. */
export const postRenew: Handler<ParticipantVisit> = async (visit) => {
  const own = ownOf(visit);
  const form = readForm(renewForm, visit.body);
  if (!form.ok) return seeOther(`/dialogues/${own.dialogueId}`);
  const goesOn = await renewDialogue(visit.ports, { ...own, ...form.values });
  return seeOther(`/dialogues/${own.dialogueId}`, goesOn ? 'renewed' : 'renewal_said');
};

export const postFit: Handler<ParticipantVisit> = async (visit) => {
  const own = ownOf(visit);
  const form = readForm(fitForm, visit.body);
  if (!form.ok) return seeOther(`/dialogues/${own.dialogueId}`);
  const { answer } = form.values;
  await answerFitCheck(visit.ports, { ...own, answer });
  if (answer === 'stop') return seeOther('/', 'dialogue_ended');
  return seeOther(`/dialogues/${own.dialogueId}`, answer === 'unsure' ? 'fit_unsure' : 'fit_answered');
};
