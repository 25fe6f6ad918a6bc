// What a mentee asks for: one open request a person.
import type { DialogueFormat, LabId, LabPreference } from './terms.ts';
import type { Topic } from './topic.ts';

export type RequestStatus = 'open' | 'proposed' | 'matched' | 'closed';
export type RequestOutcome = 'served' | 'withdrawn' | 'expired';

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
}

/** Statuses in which the person may not open another request. */
export const liveRequestStatuses = ['open', 'proposed', 'matched'] as const satisfies readonly RequestStatus[];
