// A lab as the programme knows it: configuration, so that another lab joins without a change of code.
import type { WorkingCalendar } from './calendar.ts';
import type { ReferralContact } from './referral.ts';
import type { LabId } from './terms.ts';

export interface Lab {
  readonly id: LabId;
  readonly name: string;
  readonly calendar: WorkingCalendar;
  /** Domains of addresses that need no code where the lab's platform sends them. */
  readonly mailDomains?: readonly string[];
  readonly referral: readonly ReferralContact[];
  /** The contacts are examples still: a page that shows them has to say so. */
  readonly referralToComplete: boolean;
}
