// The pair: two persons who both said yes. Only its time facts are kept, never what is said.
import { addDays } from './calendar.ts';
import type { Due } from './follow-up.ts';
import type { CommonGround, MatchReason } from './proposal.ts';
import type { DialogueFormat, LabId } from './terms.ts';

export type DialogueStatus = 'introduced' | 'active' | 'on_hold' | 'closing' | 'closed';
export type DialogueClosing = 'completed' | 'ended_early' | 'no_contact';

export const openDialogueStatuses = [
  'introduced',
  'active',
  'on_hold',
  'closing',
] as const satisfies readonly DialogueStatus[];

/** id is the proposal's id: a confirmed proposal can only ever make one dialogue. */
export interface Dialogue {
  readonly id: string;
  readonly requestId: string;
  readonly menteeId: string;
  readonly mentorId: string;
  readonly menteeLabId: LabId;
  readonly mentorLabId: LabId;
  readonly status: DialogueStatus;
  readonly closing?: DialogueClosing;
  readonly format: DialogueFormat;
  readonly reasons: readonly MatchReason[];
  readonly common: CommonGround;
  readonly introducedAt: Date;
  /** Local date YYYY-MM-DD. */
  readonly plannedEndOn: string;
  readonly closedAt?: Date;
  readonly due?: Due;
}

const lengthDays: Record<DialogueFormat, number> = { one_off: 60, six_months: 183, twelve_months: 365 };

/** The planned last day of a dialogue that starts on a local date. */
export function plannedEnd(format: DialogueFormat, startsOn: string): string {
  return addDays(startsOn, lengthDays[format]);
}

/** The other person of the pair. */
export function partnerOf(dialogue: Pick<Dialogue, 'menteeId' | 'mentorId'>, memberId: string): string {
  return memberId === dialogue.menteeId ? dialogue.mentorId : dialogue.menteeId;
}
