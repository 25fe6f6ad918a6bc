import { exclusionMonths, monthsAfter, type Exclusion } from '../domain/exclusion.ts';
import { MentoringError } from '../domain/errors.ts';
import { carryOutExclusion, carryOutLifting } from './exclude-member.ts';
import type { Ports } from './ports.ts';

/**
 * Excludes whom the request means; everywhere: also who comes from another lab's platform under the address that theirs gives.
 * Decided again, it is carried out again. @throws MentoringError exclusion_decided, not_found
 */
export async function exclude(
  ports: Ports,
  id: string,
  { everywhere = false }: { readonly everywhere?: boolean } = {},
): Promise<void> {
  const decidedAt = ports.clock.now();
  const times = { decidedAt, endsAt: monthsAfter(decidedAt, exclusionMonths) };
  const decision = { status: 'in_force', ...times, unsettled: true, ...(everywhere && { everywhere }) } as const;
  const decided = (await ports.exclusions.change(id, ['asked'], decision)) ?? (await getIn(ports, id, 'in_force'));
  // Whom it was to mean beside them is forgotten by now.
  if (everywhere && !decided.everywhere) throw new MentoringError('exclusion_decided');
  await carryOut(ports, decided, carryOutExclusion);
}

/** Refuses it, and forgets whom it meant. @throws MentoringError exclusion_decided, not_found */
export async function refuseExclusion(ports: Ports, id: string): Promise<void> {
  if (!(await endAsked(ports, id, 'refused'))) await getIn(ports, id, 'refused');
}

/** Ends a request that is not carried out; false when it was decided meanwhile. */
export async function endAsked(ports: Ports, id: string, status: 'refused' | 'lapsed'): Promise<boolean> {
  const forgotten = { target: id, marks: [], memberId: null, email: null } as const;
  const ended = { status, decidedAt: ports.clock.now(), endedAt: ports.clock.now(), ...forgotten } as const;
  return (await ports.exclusions.change(id, ['asked'], ended)) !== undefined;
}

/** Lets the person in again; what had ended stays ended. @throws MentoringError exclusion_decided, not_found */
export async function liftExclusion(ports: Ports, id: string): Promise<void> {
  const lifting = { status: 'lifted', endedAt: ports.clock.now(), unsettled: true } as const;
  const lifted = await ports.exclusions.change(id, ['in_force'], lifting);
  await carryOut(ports, lifted ?? (await getIn(ports, id, 'lifted')), carryOutLifting);
}

/** What is stored is decided: where carrying it out fails, the sweep goes on with it, and the trail says what is true. */
async function carryOut(
  ports: Ports,
  decided: Exclusion,
  act: (ports: Ports, exclusion: Exclusion) => Promise<void>,
): Promise<void> {
  await act(ports, decided).catch((error: unknown) => {
    ports.noteFailure('exclusions', error);
  });
}

async function getIn(ports: Ports, id: string, status: Exclusion['status']): Promise<Exclusion> {
  const found = await ports.exclusions.find(id);
  if (!found) throw new MentoringError('not_found');
  if (found.status !== status) throw new MentoringError('exclusion_decided');
  return found;
}
