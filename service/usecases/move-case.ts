import { allLabs } from '../domain/case.ts';
import { MentoringError } from '../domain/errors.ts';
import type { LabId } from '../domain/terms.ts';
import { dueOfCase, getOwnCase, tellCoordinators } from './case-records.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';

/** Hands an open case to the coordinators of another lab. Who the person is was shown to others: it is hidden again. */
export async function moveCase(
  ports: Ports,
  { memberId, caseId, labId }: { memberId: string; caseId: string; labId: LabId },
): Promise<void> {
  const found = await getOwnCase(ports, { memberId, caseId });
  if (labId !== allLabs) getLab(ports, labId);
  if (found.labId === labId) return;
  if (found.status !== 'open') throw new MentoringError('case_over');
  // Told before it is done, under the name of the silence that it ends: tried again after a crash, it is the same letter.
  const step = `moved after ${found.quietSince.toISOString()}`;
  await tellCoordinators(ports, { id: caseId, labId }, { kind: 'case_opened', step, by: memberId });
  const now = ports.clock.now();
  const quiet = { quietSince: now, due: dueOfCase(ports, { ...found, labId, quietSince: now }) };
  const moved = await ports.cases.change(caseId, { from: ['open'] }, { labId, identityOpenedAt: null, ...quiet });
  if (!moved) throw new MentoringError('case_over');
}
