// The programme's delays on one page, in days; configuration may replace any of them. Open days freeze in closures and on public holidays.
import type { Step } from './follow-up.ts';

export const usualSteps = {
  /** A proposal, from its sending. Silence ends at the first regular run after the last step. */
  proposal: [
    { step: 'reminder_1', afterDays: 3 },
    { step: 'reminder_2', afterDays: 6 },
    { step: 'lapse', afterDays: 7, ends: true },
  ],
  /** A draft, from signing. */
  draft: [
    { step: 'draft_1', afterDays: 7 },
    { step: 'draft_2', afterDays: 14 },
    { step: 'purge', afterDays: 30, ends: true },
  ],
  /** An open request, from its opening: news, a case for a coordinator, its end. */
  waiting: [{ step: 'news', afterDays: 7, every: 14 }],
  escalation: [{ step: 'escalate', afterDays: 21 }],
  expiry: [
    { step: 'expiry_notice', afterDays: 76 },
    { step: 'expire', afterDays: 90, ends: true },
  ],
  /** Two who have been introduced, until their first meeting. */
  introduced: [
    { step: 'nudge_1', afterDays: 5 },
    { step: 'nudge_2', afterDays: 14 },
    { step: 'question', afterDays: 21 },
    { step: 'no_contact', afterDays: 30, ends: true },
  ],
  /** From the first meeting that took place. */
  fit: [{ step: 'fit_check', afterDays: 2 }],
  /** An active dialogue, from its beginning. */
  pulse: [{ step: 'pulse', afterDays: 30, every: 60 }],
  /** An active dialogue, from the last sign of life. */
  inactivity: [
    { step: 'inactivity_1', afterDays: 45 },
    { step: 'inactivity_2', afterDays: 75 },
    { step: 'closing_offered', afterDays: 90 },
    { step: 'fade', afterDays: 104, ends: true },
  ],
  /** A dialogue on hold. */
  hold: [
    { step: 'hold_question', afterDays: 60 },
    { step: 'hold_end', afterDays: 90, ends: true },
  ],
  /** Around the planned last day; no closure moves it. */
  ending: [
    { step: 'end_notice', afterDays: -30 },
    { step: 'end', afterDays: 1, ends: true },
  ],
  /** A dialogue that is closing. */
  closing: [
    { step: 'survey_1', afterDays: 0 },
    { step: 'survey_2', afterDays: 7 },
    { step: 'close', afterDays: 21, ends: true },
  ],
  /** What a mentor offers, from its last confirmation. */
  availability: [
    { step: 'availability_confirm', afterDays: 180 },
    { step: 'availability_pause', afterDays: 194, ends: true },
  ],
  /** A charter that was replaced, from the question to sign the new one. */
  charter: [
    { step: 'renewal_1', afterDays: 0 },
    { step: 'renewal_2', afterDays: 14 },
    { step: 'charter_pause', afterDays: 30, ends: true },
  ],
  /** An account, from its last use. Every day counts: twelve months are promised. */
  inactive: [
    { step: 'inactive_1', afterDays: 335 },
    { step: 'inactive_2', afterDays: 350 },
    { step: 'erase', afterDays: 365, ends: true },
  ],
  /** An open case, from the last act of either side; and if it is about a request, a daily look whether that is over. */
  caseQuiet: [{ step: 'case_reminder', afterDays: 7, every: 14 }],
  caseLook: [{ step: 'case_look', afterDays: 1, every: 1 }],
  /** A closed case: both sides can read it again, then nothing is left. Every day counts. */
  caseKept: [{ step: 'case_purge', afterDays: 90, ends: true }],
  /** A lab's referral sheet, from its last verification: its coordinators are asked; pages say that nobody answered. */
  sheetCheck: [{ step: 'sheet_ask', afterDays: 90, every: 90 }],
  sheetStale: [{ step: 'sheet_stale', afterDays: 120 }],
} as const satisfies Record<string, readonly Step[]>;

/** The delays in force, timer by timer. */
export type FollowUpSteps = { readonly [T in keyof typeof usualSteps]: readonly Step[] };
