import type { Case } from '../domain/case.ts';
import type { LabId } from '../domain/terms.ts';
import { dueOfCase, tellCoordinators } from './case-records.ts';
import type { Ports } from './ports.ts';

export interface CaseInput {
  readonly kind: 'waiting' | 'third_lapse';
  readonly memberId: string;
  readonly requestId: string;
  /** The lab whose coordinators handle it: the person's own. */
  readonly labId: LabId;
}

/** Puts a request before the coordinators, once for ever a kind; repeated calls, also by several copies, add nothing. */
export async function openCase(ports: Ports, { kind, memberId, requestId, labId }: CaseInput): Promise<Case> {
  const key = `${kind}:${requestId}`;
  const now = ports.clock.now();
  const begun = { kind, key, memberId, requestId, labId, openedAt: now, quietSince: now };
  const fresh = { ...begun, id: ports.newId(), status: 'open', messages: [], due: dueOfCase(ports, begun) } as const;
  const kept = (await ports.cases.insert(fresh)) ?? (await ports.cases.findByKey(key));
  if (!kept) throw new Error('a case is neither stored nor there');
  // Told by whoever finds it open: whoever made it may have died before.
  if (kept.status === 'open') await tellCoordinators(ports, kept, { kind: 'case_opened' });
  return kept;
}
