// Somebody who was excluded: at any click they are told so, and with whom to appeal. Their own data, leaving and the
// contacts of their lab stay open to them.
import type { Exclusion } from '../domain/exclusion.ts';
import { isOut, type Member } from '../domain/member.ts';
import { exclusionOfArrival, exclusionOfMember, meansPerson } from '../usecases/exclusion-records.ts';
import type { Ports } from '../usecases/ports.ts';
import { presentExcluded } from './present/excluded.ts';
import { page, type PageReply, type Visit } from './visit.ts';
import type { WebSession } from '../../lti/index.ts';

/** Method and path of what stays open. */
export const openToExcluded: readonly string[] = [
  'get /my-data',
  'get /my-data/export.json',
  'post /my-data/leave',
  'post /my-data/sessions/end',
  'post /my-data/sessions/end-all',
  'get /referral',
  'post /language',
  'post /own-tab',
  'post /log-out',
];

/** Asks the database for who has no record, or left, and for who was excluded; for nobody who takes part. */
export async function findExclusion(
  ports: Pick<Ports, 'hasher' | 'exclusions' | 'coordinators' | 'clock'>,
  { person, tenant, data }: Pick<WebSession, 'person' | 'tenant' | 'data'>,
  member: Member | undefined,
): Promise<Exclusion | undefined> {
  if (member?.status === 'excluded') return exclusionOfMember(ports, member);
  if (member && !isOut(member)) return undefined;
  const arrival = { personKey: person, labId: tenant, platformEmailHash: data['emailHash'] };
  const exclusion = await exclusionOfArrival(ports, arrival);
  // Not to be had back by a launch in which the platform gives no address; who only shares the address may be another.
  if (exclusion && meansPerson(ports, exclusion, person)) await ports.coordinators.retire(person, ports.clock.now());
  return exclusion;
}

/** The page instead of any other; undefined for everybody else, and where it stays open. */
export function pageOfExcluded(
  visit: Visit,
  { method, path }: { method: string; path: string },
): PageReply | undefined {
  const { exclusion } = visit;
  if (!exclusion || openToExcluded.includes(`${method} ${path}`)) return undefined;
  return page('excluded', presentExcluded(visit, exclusion), 403);
}
