import { renewedEnd, type Dialogue } from '../domain/dialogue.ts';
import { stepsCome } from '../domain/follow-up.ts';
import type { ProposalSide } from '../domain/proposal.ts';
import type { Ports } from './ports.ts';
import { today } from './records.ts';
import { timersOfDialogue } from './waiting.ts';

/** What a dialogue asks one of its two persons: fit after the first meeting, hold, renewal before the end, still in touch. */
export type DialogueQuestion = 'fit' | 'hold' | 'renew' | 'in_touch';

/** Whether this side may still say yes to going on after the planned end. */
function mayRenew(ports: Ports, dialogue: Dialogue, side: ProposalSide): boolean {
  const isTime = dialogue.status === 'closing' || hasCome(ports, dialogue, 'end_notice');
  return isTime && !dialogue.renewal?.[side] && renewedEnd(dialogue, today(ports)) !== undefined;
}

/**
 * The question that waits for this side, if there is one. Of a fit-check and a renewal the other side's answer plays no part;
 * "still in touch" is asked of both until one of them says yes, which answers for the dialogue and is told to nobody.
 */
export function questionFor(ports: Ports, dialogue: Dialogue, side: ProposalSide): DialogueQuestion | undefined {
  const { status, fitAnswered, lastSignAt } = dialogue;
  if (status === 'on_hold' && hasCome(ports, dialogue, 'hold_question')) return 'hold';
  if (mayRenew(ports, dialogue, side)) return 'renew';
  if (status === 'introduced' && hasCome(ports, dialogue, 'question')) return 'in_touch';
  if (status !== 'active') return undefined;
  if (hasCome(ports, dialogue, 'fit_check') && !fitAnswered?.[side]) return 'fit';
  const asked = stepsCome(timersOfDialogue(ports, dialogue), ports.clock.now()).filter(
    ({ step, at }) => /^(?:pulse|inactivity|closing_offered)/u.test(step) && at > (lastSignAt ?? dialogue.introducedAt),
  );
  return asked.length > 0 ? 'in_touch' : undefined;
}

function hasCome(ports: Ports, dialogue: Dialogue, name: string): boolean {
  return stepsCome(timersOfDialogue(ports, dialogue), ports.clock.now()).some(({ step }) => step === name);
}
