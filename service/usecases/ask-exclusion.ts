import type { Exclusion, ExclusionReason } from '../domain/exclusion.ts';
import { getHandledCase, type Coordinator } from './case-records.ts';
import { markOfAddress, marksOf } from './exclusion-records.ts';
import type { Ports } from './ports.ts';

export interface ExclusionRequest {
  readonly coordinator: Coordinator;
  readonly caseId: string;
  readonly reason: ExclusionReason;
  /** Whom: the address that the person gave; without one, the person whose case it is. */
  readonly email?: string | undefined;
}

/**
 * Asks the programme's administration to exclude somebody. Whether the address belongs to a member is not looked up, so
 * that no answer, and no time to answer, tells it; asked for twice, it is one request.
 */
export async function askExclusion(
  ports: Ports,
  { coordinator, caseId, reason, email }: ExclusionRequest,
): Promise<void> {
  const { labId, reference, memberId } = await getHandledCase(ports, { coordinator, caseId });
  const meant = email === undefined ? await ofMember(ports, memberId) : ofAddress(ports, email);
  if (!meant) return;
  const asked = { id: ports.newId(), status: 'asked', reason, labId, reference, askedAt: ports.clock.now() } as const;
  await ports.exclusions.insert({ ...asked, ...meant });
}

type Meant = Pick<Exclusion, 'target' | 'marks' | 'memberId' | 'email'>;

async function ofMember(ports: Ports, memberId: string): Promise<Meant | undefined> {
  const member = await ports.members.find(memberId);
  if (!member) return undefined;
  const marks = marksOf(ports, member);
  return { target: marks[0], marks, memberId };
}

function ofAddress(ports: Ports, email: string): Meant {
  const target = markOfAddress(ports, ports.hasher.email(email));
  return { target, marks: [target], email };
}
