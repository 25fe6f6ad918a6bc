import { MentoringError } from '../domain/errors.ts';
import { addresseesOf, dueOfCase, getOwnCase, tellCoordinators } from './case-records.ts';
import type { Ports } from './ports.ts';

/** Lets those to whom the case is addressed see name, e-mail and lab, until they are hidden again or the case is closed. */
export async function openIdentity(
  ports: Ports,
  { memberId, caseId }: { memberId: string; caseId: string },
): Promise<void> {
  const found = await getOwnCase(ports, { memberId, caseId });
  // A lab without coordinators: those of all labs answer, and are never told whose case of a lab it is.
  if ((await addresseesOf(ports, found)).length === 0) throw new MentoringError('not_allowed');
  const now = ports.clock.now();
  const change = { identityOpenedAt: now, quietSince: now, due: dueOfCase(ports, { ...found, quietSince: now }) };
  const opened = await ports.cases.change(caseId, { from: ['open'], identityOpenedAt: null }, change);
  // A button that is pressed twice opens once, and is told of once.
  const { identityOpenedAt } = opened ?? (await getOwnCase(ports, { memberId, caseId }));
  if (!identityOpenedAt) throw new MentoringError('case_over');
  const step = `identity ${identityOpenedAt.toISOString()}`;
  await tellCoordinators(ports, found, { kind: 'case_answered', step, by: memberId });
}
