import { getHandledCase, getOpenRequest, type Coordinator } from './case-records.ts';
import type { Ports } from './ports.ts';
import { wishMatching } from './wish-matching.ts';

/** Has the open requests looked at in the next minutes, this one among them, instead of at the next regular run. */
export async function runMatchForCase(
  ports: Ports,
  { coordinator, caseId }: { coordinator: Coordinator; caseId: string },
): Promise<void> {
  await getOpenRequest(ports, await getHandledCase(ports, { coordinator, caseId }));
  await wishMatching(ports);
}
