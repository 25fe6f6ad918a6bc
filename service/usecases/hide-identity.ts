import { MentoringError } from '../domain/errors.ts';
import { getOwnCase } from './case-records.ts';
import type { Ports } from './ports.ts';

/** Takes name, e-mail and lab away again from those who handle the case. */
export async function hideIdentity(
  ports: Ports,
  { memberId, caseId }: { memberId: string; caseId: string },
): Promise<void> {
  await getOwnCase(ports, { memberId, caseId });
  const hidden = await ports.cases.change(caseId, { from: ['open'] }, { identityOpenedAt: null });
  if (!hidden) throw new MentoringError('case_over');
}
