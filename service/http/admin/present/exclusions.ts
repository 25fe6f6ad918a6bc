// Exclusions for their page: what waits for a decision, with the address as it was given; and what is in force, of nobody.
import { allLabs } from '../../../domain/case.ts';
import type { ExclusionLine } from '../../../usecases/exclusion-desk.ts';
import type { AdminVisit } from '../visit.ts';
import { labName, told } from './words.ts';

function headingOf(visit: AdminVisit, { labId, reference, reason }: ExclusionLine): string {
  const { t } = visit;
  const lab = labId === allLabs ? t('admin-coordinators:all_labs') : labName(visit, labId);
  return t('admin-exclusions:of', { lab, reference, reason: t(`exclusion:reason.${reason}`) });
}

function presentWaiting(visit: AdminVisit, line: ExclusionLine): object {
  const { t } = visit;
  const { id, email, people = 0, elsewhere = 0, askedAt } = line;
  return {
    heading: `exclusion-${id}`,
    name: headingOf(visit, line),
    since: t('admin-exclusions:asked', { date: told(visit, askedAt, 'day') }),
    whom: email ?? t('admin-exclusions:whose_case'),
    takesPart: t(email === undefined ? 'admin-exclusions:accounts' : 'admin-exclusions:people', { count: people }),
    elsewhere: elsewhere === 0 ? '' : t('admin-exclusions:elsewhere.hint', { count: elsewhere }),
    exclude: `/admin/exclusions/${id}/exclude`,
    refuse: `/admin/exclusions/${id}/refuse`,
  };
}

function presentInForce(visit: AdminVisit, line: ExclusionLine): object {
  const { id, decidedAt = visit.now, endsAt = visit.now } = line;
  const dates = { date: told(visit, decidedAt, 'day'), until: told(visit, endsAt, 'day') };
  return {
    heading: `exclusion-${id}`,
    name: headingOf(visit, line),
    since: visit.t('admin-exclusions:in_force_since', dates),
    lift: `/admin/exclusions/${id}/lift`,
  };
}

export function presentExclusions(visit: AdminVisit, lines: readonly ExclusionLine[]): object {
  return {
    heading: visit.t('admin-exclusions:heading'),
    waiting: lines.filter(({ isInForce }) => !isInForce).map((line) => presentWaiting(visit, line)),
    inForce: lines.filter(({ isInForce }) => isInForce).map((line) => presentInForce(visit, line)),
  };
}
