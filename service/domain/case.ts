// A case: what a coordinator follows about one person without knowing whom. It holds a conversation, and for its own time only.
import type { WorkingCalendar } from './calendar.ts';
import { nextDue, openDaysTimer, plainTimer, type Due, type Timer } from './follow-up.ts';
import type { Life } from './life.ts';
import type { LabId } from './terms.ts';
import type { FollowUpSteps } from './usual-steps.ts';

/** waiting: a request that waits for long. third_lapse: its proposals keep lapsing. asked: the person wants to talk. */
export type CaseKind = 'waiting' | 'third_lapse' | 'asked';
export type CaseStatus = 'open' | 'closed';
export type CaseSide = 'member' | 'coordinator';

/** Handled by the coordinators of all labs, and by no lab's own. */
export const allLabs = 'all';

/** id: made with the form, so that a form sent twice is one message. text: encrypted at rest. */
export interface CaseMessage {
  readonly id: string;
  readonly from: CaseSide;
  readonly text: string;
  readonly at: Date;
}

export interface Case {
  readonly id: string;
  /** One case for ever a reason: `waiting:<request>`, `third_lapse:<request>`, `asked:<member>:<id>`. */
  readonly key: string;
  readonly kind: CaseKind;
  /** Whose coordinators handle it; `allLabs` for those of all labs. */
  readonly labId: LabId;
  /** Whose case it is: never shown, and never handed to a page. */
  readonly memberId: string;
  readonly requestId?: string;
  /** What both sides call it: random letters, made from nothing. */
  readonly reference: string;
  readonly status: CaseStatus;
  readonly openedAt: Date;
  readonly closedAt?: Date;
  /** Since when the coordinators may know whose case it is; the person alone opens it, and ends it. */
  readonly identityOpenedAt?: Date;
  readonly widenAskedAt?: Date;
  /** The last act of either side: reminders count from here. */
  readonly quietSince: Date;
  readonly messages: readonly CaseMessage[];
  readonly due?: Due;
}

/** What both sides see of a case from outside; nothing in it leads to the person. */
export type CaseHead = Pick<Case, 'id' | 'reference' | 'kind' | 'labId' | 'status' | 'openedAt' | 'closedAt'>;

/** The case without what was said in it, and without anything of the person's. */
export function headOf({ id, reference, kind, labId, status, openedAt, closedAt }: Case): CaseHead {
  return { id, reference, kind, labId, status, openedAt, ...(closedAt && { closedAt }) };
}

/** Longest message, in characters, and how many of them a case holds. */
export const caseMessageLength = 1000;
export const mostCaseMessages = 200;
/** And how large its record may be before another one is added, in bytes: long messages fill it sooner. */
export const fullCaseBytes = 56_000;

export const caseLife: Life<CaseStatus> = {
  open: { becomes: ['closed'], waitsFor: { timers: ['caseQuiet', 'caseLook'] } },
  closed: { becomes: [], waitsFor: { timers: ['caseKept'] } },
};

/** What a case waits for: open, a reminder, and first a daily look at its request if it has one; closed, its deletion. */
export function caseTimers(
  { quietSince, requestId, closedAt }: Pick<Case, 'quietSince' | 'requestId' | 'closedAt'>,
  { steps, calendar }: { readonly steps: FollowUpSteps; readonly calendar: WorkingCalendar },
): Timer[] {
  if (closedAt) return [plainTimer(steps.caseKept, closedAt)];
  const quiet = openDaysTimer(steps.caseQuiet, quietSince, calendar);
  return requestId === undefined ? [quiet] : [plainTimer(steps.caseLook, quietSince), quiet];
}

/** The change that closes: it ends what the person had opened, and sets the day on which nothing is left. */
export function closingOf(now: Date, steps: FollowUpSteps) {
  const due = nextDue([plainTimer(steps.caseKept, now)], now);
  return { status: 'closed', closedAt: now, identityOpenedAt: null, ...(due && { due }) } as const;
}

const dayMs = 86_400_000;
/** Days between two suggestions to widen the wishes. */
const widenDays = 5;

export function mayAskToWiden({ widenAskedAt }: Pick<Case, 'widenAskedAt'>, now: Date): boolean {
  return widenAskedAt === undefined || now.getTime() >= widenAskedAt.getTime() + widenDays * dayMs;
}

/** Whose turn it is: the coordinators' before anything is done, then of whoever did not act last. */
export function turnOf({ messages, widenAskedAt }: Pick<Case, 'messages' | 'widenAskedAt'>): CaseSide {
  const last = messages.at(-1);
  const waitsForWidening = widenAskedAt !== undefined && (last === undefined || last.at <= widenAskedAt);
  return last?.from === 'coordinator' || waitsForWidening ? 'member' : 'coordinator';
}
