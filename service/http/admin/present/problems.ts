// The last problem of a platform in plain words, with what to do. The sentence is chosen by who can put it right.
import type { LtiErrorCode, PlatformView } from '../../../../lti/index.ts';
import { told } from './words.ts';
import type { AdminVisit } from '../visit.ts';

type Named = 'never_launched' | 'quiet';
/** A waiting deployment is no problem but a question, with a place of its own on the page. */
type Asked = 'deployment_pending';

/** Sentences "admin-problems:<name>.what" and ".todo". Codes that no launch can leave behind share the last one. */
export const problemSentences: Readonly<Record<Exclude<LtiErrorCode, Asked> | Named, string>> = {
  never_launched: 'never_launched',
  quiet: 'quiet',
  platform_inactive: 'platform_inactive',
  platform_refused: 'platform_refused',
  user_missing: 'user_missing',
  key_set_unreachable: 'key_set_unreachable',
  answer_unusable: 'key_set_unreachable',
  address_refused: 'address_refused',
  key_unknown: 'key_unknown',
  key_id_missing: 'key_id_missing',
  signature_invalid: 'signature_invalid',
  algorithm_refused: 'algorithm_refused',
  issuer_mismatch: 'issuer_mismatch',
  audience_mismatch: 'audience_mismatch',
  token_expired: 'token_expired',
  token_from_future: 'token_from_future',
  nonce_mismatch: 'nonce_mismatch',
  launch_replayed: 'launch_replayed',
  version_unsupported: 'version_unsupported',
  message_unsupported: 'message_unsupported',
  claim_missing: 'claim_missing',
  claim_invalid: 'claim_invalid',
  target_mismatch: 'target_mismatch',
  target_foreign: 'target_foreign',
  token_malformed: 'token_malformed',
  launch_malformed: 'token_malformed',
  launch_too_large: 'token_malformed',
  browser_unbound: 'browser_unbound',
  state_invalid: 'browser_unbound',
  state_expired: 'state_expired',
  session_missing: 'state_expired',
  session_expired: 'state_expired',
  choice_invalid: 'choice_invalid',
  internal: 'internal',
  login_malformed: 'other',
  platform_unknown: 'other',
  platform_waiting: 'other',
  issuer_owned: 'other',
  launch_by_get: 'other',
  csrf_refused: 'other',
  person_refused: 'other',
  registration_exists: 'other',
  registration_not_found: 'other',
  registration_invalid: 'other',
  registration_failed: 'other',
  invite_invalid: 'other',
  rotation_too_soon: 'other',
  unavailable: 'other',
  too_many_requests: 'other',
};

export interface ProblemView {
  readonly what: string;
  readonly todo: string;
  /** Empty where there is no moment to tell. */
  readonly at: string;
}

function isKnown(code: string): code is keyof typeof problemSentences {
  return code in problemSentences;
}

/** What is over or said better elsewhere goes; silence is only worth a word when nothing else explains it. */
function relevant({ problems, registration, pendingDeployments }: PlatformView): string[] {
  const live = problems.filter(
    (code) => code !== 'deployment_pending' && !(code === 'platform_inactive' && registration.active),
  );
  const explained = live.filter((code) => code !== 'never_launched' && code !== 'quiet');
  return explained.length > 0 || pendingDeployments.length > 0 ? explained : live;
}

export function presentProblems(visit: AdminVisit, view: PlatformView): ProblemView[] {
  const { t } = visit;
  const last = view.registration.lastProblem;
  return relevant(view).map((code) => {
    const sentence = problemSentences[isKnown(code) ? code : 'internal'];
    return {
      what: t(`admin-problems:${sentence}.what`),
      todo: t(`admin-problems:${sentence}.todo`),
      at: last?.code === code ? told(visit, last.at, 'moment') : '',
    };
  });
}
