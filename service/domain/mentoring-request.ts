// What a mentee asks for: one open request a person.
import type { WorkingCalendar } from './calendar.ts';
import { openDaysTimer, type Due, type Timer } from './follow-up.ts';
import type { Life } from './life.ts';
import type { DialogueFormat, LabId, LabPreference } from './terms.ts';
import type { Topic } from './topic.ts';
import type { FollowUpSteps } from './usual-steps.ts';

export type RequestStatus = 'open' | 'proposed' | 'matched' | 'closed';
export type RequestOutcome = 'served' | 'withdrawn' | 'expired';

export const requestLife: Life<RequestStatus> = {
  open: { becomes: ['proposed', 'closed'], waitsFor: { timers: ['waiting', 'escalation', 'expiry'] } },
  proposed: { becomes: ['open', 'matched', 'closed'], waitsFor: { with: 'proposal' } },
  matched: { becomes: ['closed'], waitsFor: { with: 'dialogue' } },
  closed: { becomes: [], waitsFor: 'nothing' },
};

/** topics: most wanted first. keptForConversation: "I would rather say it in person", matches any offer. */
export interface Wishes {
  readonly topics: readonly Topic[];
  readonly keptForConversation: boolean;
  readonly format: DialogueFormat;
  readonly labPreference: LabPreference;
}

/** Longest optional message that goes with a request, in characters. */
export const messageLength = 280;

export interface MentoringRequest {
  readonly id: string;
  readonly memberId: string;
  readonly labId: LabId;
  readonly status: RequestStatus;
  readonly outcome?: RequestOutcome;
  /** The live or confirmed proposal, while proposed or matched. */
  readonly proposalId?: string;
  readonly wishes: Wishes;
  /** Encrypted at rest, deleted when the first proposal ends. */
  readonly message?: string;
  readonly openedAt: Date;
  /** How many proposals of this request lapsed: it goes before others who wait as long. */
  readonly lapses: number;
  /** Only of a request that ended without a dialogue: it is deleted some time after. */
  readonly closedAt?: Date;
  /** Kept while a proposal is under way: should it come to nothing, the waiting goes on where it was. */
  readonly due?: Due;
}

/** Lapses of one request after which a coordinator is asked to look at it. */
export const lapsesForCase = 3;

/** What an open request waits for. Its days count from its opening, whatever was proposed meanwhile. */
export function requestTimers(
  { openedAt }: Pick<MentoringRequest, 'openedAt'>,
  { steps, calendar }: { readonly steps: FollowUpSteps; readonly calendar: WorkingCalendar },
): Timer[] {
  return [steps.waiting, steps.escalation, steps.expiry].map((some) => openDaysTimer(some, openedAt, calendar));
}

/** Statuses in which the person may not open another request. */
export const liveRequestStatuses = ['open', 'proposed', 'matched'] as const satisfies readonly RequestStatus[];
