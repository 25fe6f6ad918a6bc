import { MentoringError } from '../domain/errors.ts';
import { dueOfCase, getOwnCase, tellCoordinators } from './case-records.ts';
import type { Ports } from './ports.ts';

/** Lets those who handle the case see name, e-mail and lab, until the person hides them again or the case is closed. */
export async function openIdentity(
  ports: Ports,
  { memberId, caseId }: { memberId: string; caseId: string },
): Promise<void> {
  const found = await getOwnCase(ports, { memberId, caseId });
  if (found.status !== 'open') throw new MentoringError('case_over');
  const now = ports.clock.now();
  // Repeated, it is the same opening: told once.
  const openedAt = found.identityOpenedAt ?? now;
  const change = { identityOpenedAt: openedAt, quietSince: now, due: dueOfCase(ports, { ...found, quietSince: now }) };
  if (!(await ports.cases.change(caseId, { from: ['open'] }, change))) throw new MentoringError('case_over');
  await tellCoordinators(ports, found, { kind: 'case_answered', step: `identity ${openedAt.toISOString()}` });
}
