// The one place where refusals become answers: a status and a sentence each, or the page where the person can put it right.
import { LtiError } from '../../lti/index.ts';
import { MentoringError, type MentoringErrorCode } from '../domain/errors.ts';
import { TooManyRequests } from './limits.ts';

/** A status with its sentence "errors:<code>", or the page that comes first. */
type Outcome = { readonly status: number } | { readonly seeOther: string };

export const outcomes: Readonly<Record<MentoringErrorCode, Outcome>> = {
  not_found: { status: 404 },
  not_allowed: { status: 403 },
  charter_not_signed: { seeOther: '/charter' },
  charter_outdated: { seeOther: '/charter' },
  profile_incomplete: { seeOther: '/profile' },
  availability_invalid: { status: 422 },
  capacity_invalid: { status: 422 },
  capacity_reached: { status: 409 },
  request_already_open: { status: 409 },
  dialogue_already_open: { status: 409 },
  request_not_open: { status: 409 },
  proposal_over: { status: 409 },
  proposal_already_answered: { status: 409 },
  dialogue_over: { status: 409 },
  meeting_changed: { status: 409 },
  meeting_already_planned: { status: 409 },
  slot_not_common: { status: 409 },
  slot_taken: { status: 409 },
  member_paused: { status: 409 },
  message_too_long: { status: 422 },
  case_already_open: { status: 409 },
  case_over: { status: 409 },
  case_full: { status: 409 },
  widening_already_asked: { status: 409 },
  code_over: { status: 410 },
  code_wrong: { status: 422 },
  codes_sent: { status: 429 },
  twins_unknown: { status: 404 },
  twins_over: { status: 410 },
  address_unconfirmed: { seeOther: '/address' },
  feed_over: { status: 410 },
  ties_changed: { status: 429 },
  ties_full: { status: 422 },
  addresses_full: { status: 422 },
  meetings_full: { status: 409 },
  appointment_over: { status: 410 },
  appointment_elsewhere: { status: 403 },
  // Where they are told.
  excluded: { seeOther: '/' },
  exclusion_decided: { status: 409 },
  overtaken: { status: 409 },
  illegal_transition: { status: 409 },
};

/** sentence: "errors:<sentence>.title" and ".text". */
export interface Refusal {
  readonly status: number;
  readonly sentence: string;
  /** Seconds after which it may be tried again. */
  readonly retryAfter?: number;
}

/** Errors of express itself (too large, malformed) carry a status; only 4xx ones are the sender's doing. */
function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

const plain: Readonly<Record<number, string>> = {
  401: 'session_missing',
  403: 'not_allowed',
  404: 'not_found',
  413: 'too_large',
  414: 'address_too_long',
  415: 'no_form',
};

/** What to answer to anything that was thrown, but for a database that is away. */
export function outcomeOf(error: unknown): Refusal | { readonly seeOther: string } {
  if (error instanceof MentoringError) {
    const outcome = outcomes[error.code];
    return 'seeOther' in outcome ? outcome : { status: outcome.status, sentence: error.code };
  }
  if (error instanceof TooManyRequests) return { status: 429, sentence: 'too_many', retryAfter: error.seconds };
  if (error instanceof LtiError) {
    const sentence = error.code === 'csrf_refused' ? 'csrf_refused' : (plain[error.status] ?? 'refused');
    return { status: error.status, sentence };
  }
  const status = statusOf(error);
  if (status !== undefined) return { status, sentence: plain[status] ?? 'refused' };
  return { status: 500, sentence: 'unexpected' };
}
