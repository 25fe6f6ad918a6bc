// Every way in which this door says no. The code is the contract: pages, logs and tests speak of the code only.

export type LtiErrorCode =
  | 'login_malformed'
  | 'platform_unknown'
  | 'platform_waiting'
  | 'platform_inactive'
  | 'target_foreign'
  | 'launch_malformed'
  | 'launch_too_large'
  | 'launch_by_get'
  | 'platform_refused'
  | 'state_invalid'
  | 'state_expired'
  | 'browser_unbound'
  | 'token_malformed'
  | 'algorithm_refused'
  | 'key_id_missing'
  | 'key_unknown'
  | 'key_set_unreachable'
  | 'signature_invalid'
  | 'issuer_mismatch'
  | 'audience_mismatch'
  | 'token_expired'
  | 'token_from_future'
  | 'nonce_mismatch'
  | 'version_unsupported'
  | 'message_unsupported'
  | 'claim_missing'
  | 'claim_invalid'
  | 'user_missing'
  | 'target_mismatch'
  | 'launch_replayed'
  | 'deployment_pending'
  | 'session_missing'
  | 'session_expired'
  | 'csrf_refused'
  | 'choice_invalid'
  | 'person_refused'
  | 'registration_exists'
  | 'issuer_owned'
  | 'registration_not_found'
  | 'registration_invalid'
  | 'registration_failed'
  | 'invite_invalid'
  | 'address_refused'
  | 'answer_unusable'
  | 'rotation_too_soon'
  | 'unavailable'
  | 'too_many_requests'
  | 'internal';

/** The HTTP status of each refusal; a code without a line here answers 400. */
const STATUS: Partial<Record<LtiErrorCode, number>> = {
  platform_inactive: 403,
  platform_waiting: 403,
  launch_too_large: 413,
  launch_by_get: 405,
  key_set_unreachable: 502,
  signature_invalid: 401,
  token_expired: 401,
  token_from_future: 401,
  nonce_mismatch: 401,
  issuer_mismatch: 401,
  audience_mismatch: 401,
  key_unknown: 401,
  browser_unbound: 401,
  user_missing: 401,
  launch_replayed: 409,
  deployment_pending: 403,
  session_missing: 401,
  session_expired: 401,
  csrf_refused: 403,
  person_refused: 403,
  registration_exists: 409,
  issuer_owned: 409,
  registration_not_found: 404,
  registration_failed: 502,
  invite_invalid: 403,
  address_refused: 400,
  answer_unusable: 502,
  rotation_too_soon: 409,
  unavailable: 503,
  too_many_requests: 429,
  internal: 500,
};

/** A refusal of the door. `detail` is for the log: a claim name, a limit; never a value that was sent. */
export class LtiError extends Error {
  readonly code: LtiErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  /** Seconds after which the same may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(code: LtiErrorCode, detail?: string, retryAfter?: number) {
    super(detail === undefined ? code : `${code} (${detail})`);
    this.name = 'LtiError';
    this.code = code;
    this.status = STATUS[code] ?? 400;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}
