import { MentoringError } from '../domain/errors.ts';
import { sideOf } from '../domain/proposal.ts';
import { endDialogue } from './end-dialogue.ts';
import type { Ports } from './ports.ts';
import { getOwnDialogue } from './records.ts';

export const fitAnswers = ['go_on', 'unsure', 'stop'] as const;
export type FitAnswer = (typeof fitAnswers)[number];

/** The private question after the first meeting. That it was answered is kept, not how; "stop" ends the dialogue. */
export async function answerFitCheck(
  ports: Ports,
  { memberId, dialogueId, answer }: { memberId: string; dialogueId: string; answer: FitAnswer },
): Promise<void> {
  const dialogue = await getOwnDialogue(ports, { memberId, dialogueId });
  if (answer === 'stop') return endDialogue(ports, { memberId, dialogueId });
  const said = { side: sideOf(dialogue, memberId), from: ['active', 'on_hold', 'closing'] } as const;
  if (!(await ports.dialogues.say(dialogueId, 'fitAnswered', said))) throw new MentoringError('dialogue_over');
}
