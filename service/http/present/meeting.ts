// A meeting for one of the two.
import type { Meeting } from '../../domain/meeting.ts';
import type { ParticipantVisit } from '../visit.ts';
import { term, told } from './words.ts';

export interface PlannedView {
  readonly id: string;
  readonly sequence: number;
  readonly when: string;
  readonly how: string;
  readonly state: string;
  /** The other person suggested it: one may agree. */
  readonly mayAgree: boolean;
  readonly agreed: boolean;
}

export function presentMeeting(visit: ParticipantVisit, meeting: Meeting): PlannedView {
  const { t, member } = visit;
  const mine = meeting.suggestedById === member.id;
  const mayAgree = meeting.status === 'suggested' && !mine;
  const state = meeting.status === 'suggested' ? (mine ? 'suggested_by_you' : 'suggested_to_you') : meeting.status;
  return {
    id: meeting.id,
    sequence: meeting.sequence,
    when: told(visit, meeting.startsAt, 'moment'),
    how: term(visit, 'modality', meeting.modality),
    state: t(`meeting:state.${state}`),
    mayAgree,
    agreed: meeting.status === 'agreed',
  };
}
