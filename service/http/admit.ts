// Who may open a route. Rights come from this programme's own records only, never from roles of the platform.
import { isCurrent } from '../domain/charter.ts';
import { MentoringError } from '../domain/errors.ts';
import type { MemberVisit, ParticipantVisit, Visit } from './visit.ts';

/** What each kind of route knows about its visit. */
export interface Admitted {
  /** Anybody with a session. */
  visitor: Visit;
  /** Has a record, whatever its state: for one's own data and for leaving. */
  member: MemberVisit;
  /** Signed the charter in force. */
  signed: MemberVisit;
  /** Signed, and described themselves. */
  participant: ParticipantVisit;
  coordinator: Visit;
  cross_lab_coordinator: Visit;
}

export type May = keyof Admitted;

function member(visit: Visit): MemberVisit {
  if (!visit.member) throw new MentoringError('charter_not_signed');
  return { ...visit, member: visit.member };
}

function signed(visit: Visit): MemberVisit {
  const known = member(visit);
  if (!isCurrent(known.member.charter)) throw new MentoringError('charter_outdated');
  return known;
}

function participant(visit: Visit): ParticipantVisit {
  const known = signed(visit);
  if (known.member.status === 'draft' || !known.member.profile) throw new MentoringError('profile_incomplete');
  return { ...known, profile: known.member.profile };
}

/** For everybody else the page does not exist. */
function only(roles: readonly Visit['role'][]): (visit: Visit) => Visit {
  return (visit) => {
    if (!roles.includes(visit.role)) throw new MentoringError('not_found');
    return visit;
  };
}

/** @throws MentoringError charter_not_signed, charter_outdated, profile_incomplete (sent there by http/errors), not_found */
export const admit: { readonly [M in May]: (visit: Visit) => Admitted[M] } = {
  visitor: (visit) => visit,
  member,
  signed,
  participant,
  coordinator: only(['lab_coordinator', 'cross_lab_coordinator']),
  cross_lab_coordinator: only(['cross_lab_coordinator']),
};
