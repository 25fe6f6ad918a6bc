import { mayAskToWiden } from '../domain/case.ts';
import { MentoringError } from '../domain/errors.ts';
import { dueOfCase, getHandledCase, getOpenRequest, type Coordinator } from './case-records.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/** Suggests to the person, by the programme, to widen what they look for; what to widen stays theirs to see and to choose. */
export async function askToWiden(
  ports: Ports,
  { coordinator, caseId }: { coordinator: Coordinator; caseId: string },
): Promise<void> {
  const found = await getHandledCase(ports, { coordinator, caseId });
  const request = await getOpenRequest(ports, found);
  const now = ports.clock.now();
  if (!mayAskToWiden(found, now)) throw new MentoringError('widening_already_asked');
  const { id: memberId, labId } = await getMember(ports, found.memberId);
  // Told before it is noted, under the name of the suggestion before: repeated after a crash, it is the same letter.
  const step = `after ${found.widenAskedAt?.toISOString() ?? 'none'}`;
  await notify(ports, [{ memberId, labId }], { kind: 'widen_asked', subjectId: request.id, step: `${caseId} ${step}` });
  const change = { widenAskedAt: now, quietSince: now, due: dueOfCase(ports, { ...found, quietSince: now }) };
  await ports.cases.change(caseId, { from: ['open'], widenAskedAt: found.widenAskedAt ?? null }, change);
}
