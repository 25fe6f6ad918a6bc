// Every refusal of the programme has a code from this closed list; http/errors gives it a status and a sentence.

export const mentoringErrorCodes = [
  'not_found',
  'not_allowed',
  'charter_not_signed',
  'charter_outdated',
  'profile_incomplete',
  'availability_invalid',
  'capacity_invalid',
  'capacity_reached',
  'request_already_open',
  'dialogue_already_open',
  'request_not_open',
  'proposal_over',
  'proposal_already_answered',
  'dialogue_over',
  'meeting_changed',
  'meeting_already_planned',
  'slot_not_common',
  'slot_taken',
  'member_paused',
  'message_too_long',
  'case_already_open',
  'case_over',
  'case_full',
  'widening_already_asked',
  'code_over',
  'code_wrong',
  'codes_sent',
  'twins_unknown',
  'twins_over',
  'address_unconfirmed',
  'feed_over',
  'ties_changed',
  'ties_full',
  'addresses_full',
  'meetings_full',
  'appointment_over',
  'appointment_elsewhere',
  'excluded',
  'exclusion_decided',
  'overtaken',
  'illegal_transition',
] as const;

export type MentoringErrorCode = (typeof mentoringErrorCodes)[number];

export class MentoringError extends Error {
  override readonly name = 'MentoringError';
  readonly code: MentoringErrorCode;

  constructor(code: MentoringErrorCode) {
    super(code);
    this.code = code;
  }
}
