// The indexes that databases have from before the programme noted which are its own. Nothing is added here any more: what is
// made since is noted in the database (migrations/records.ts).

const byCollection: Readonly<Record<string, readonly string[]>> = {
  cases: ['due_of_live', 'handled', 'of_member', 'one_a_reason', 'one_a_reference', 'one_asked_a_member'],
  closings: ['age'],
  dialogues: ['closed', 'due_of_live', 'one_open_a_mentee', 'open_of_mentor'],
  health: ['by_time'],
  jobs: ['next_turn', 'one_of_a_kind'],
  lti_keys: ['period_1'],
  lti_registrations: ['issuer_1_clientId_1'],
  lti_sessions: ['expiresAt_1', 'person_1'],
  match_rules: ['saved'],
  meetings: ['due_of_live', 'of_dialogue', 'one_planned_a_dialogue'],
  members: ['charter', 'due_of_live', 'holding', 'offering', 'one_member_a_feed', 'one_record_a_person'],
  outbox: ['due', 'of_member', 'settled'],
  pair_marks: ['age', 'one_mark_a_pair'],
  proposals: ['due_of_live', 'live_of_mentee', 'live_of_mentor', 'one_live_a_request', 'sent', 'unsettled'],
  referral_sheets: ['due_of_live'],
  requests: ['closed', 'due_of_live', 'one_live_a_member', 'open'],
  runs: ['latest'],
  snapshots: ['latest'],
  survey_answers: ['age'],
};

/** As "collection.index". */
export const firstIndexes: readonly string[] = Object.entries(byCollection).flatMap(([collection, names]) =>
  names.map((name) => `${collection}.${name}`),
);
