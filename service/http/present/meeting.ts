// A meeting for one of the two: its time, and what waits for whose answer.
import { type Meeting, suggestionIn } from '../../domain/meeting.ts';
import type { ParticipantVisit } from '../visit.ts';
import { term, told } from './words.ts';

export interface PlannedView {
  readonly id: string;
  readonly sequence: number;
  readonly when: string;
  readonly how: string;
  readonly state: string;
  readonly agreed: boolean;
  /** The other person suggested the time, or another one for an agreed meeting: one may agree. */
  readonly mayAgree: boolean;
  /** Another time that one of the two asks for. */
  readonly move: MoveView | undefined;
}

interface MoveView {
  readonly when: string;
  readonly how: string;
  readonly state: string;
}

export function presentMeeting(visit: ParticipantVisit, meeting: Meeting): PlannedView {
  const { t, member, ports } = visit;
  const { status, startsAt, modality } = meeting;
  const suggestion = suggestionIn(meeting, ports.clock.now());
  const by = (suggestion ?? meeting).suggestedById === member.id ? 'by_you' : 'to_you';
  const time = (at: Date, how: Meeting['modality']) => ({
    when: told(visit, at, 'moment'),
    how: term(visit, 'modality', how),
  });
  const move = status === 'agreed' && suggestion;
  return {
    ...time(startsAt, modality),
    id: meeting.id,
    sequence: meeting.sequence,
    state: t(`meeting:state.${status === 'suggested' ? `suggested_${by}` : status}`),
    agreed: status === 'agreed',
    mayAgree: suggestion !== undefined && by === 'to_you',
    move: move ? { ...time(move.startsAt, move.modality), state: t(`meeting:move.${by}`) } : undefined,
  };
}
