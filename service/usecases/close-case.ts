import { closingOf, type Case } from '../domain/case.ts';
import { getCaseOf, type CaseParty } from './case-records.ts';
import type { Ports } from './ports.ts';

/** Either side closes; nobody is asked why. Closing what is closed changes nothing. */
export async function closeCase(ports: Ports, { by, caseId }: { by: CaseParty; caseId: string }): Promise<void> {
  const { found } = await getCaseOf(ports, by, caseId);
  await endCase(ports, found);
}

/** Safe to repeat: the day on which nothing is left is the one of the first closing. */
export async function endCase(ports: Ports, { id }: Pick<Case, 'id'>): Promise<void> {
  await ports.cases.change(id, { from: ['open'] }, closingOf(ports.clock.now(), ports.rules.steps));
}
