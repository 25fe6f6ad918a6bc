import { allLabs, caseMessageLength, type Case } from '../domain/case.ts';
import { MentoringError } from '../domain/errors.ts';
import type { LabId } from '../domain/terms.ts';
import { dueOfCase, tellCoordinators } from './case-records.ts';
import type { Ports } from './ports.ts';
import { getLab, getMember } from './records.ts';

export interface QuestionInput {
  readonly memberId: string;
  /** Any lab, the person's own or another; `allLabs` for the coordinators of all of them. */
  readonly labId: LabId;
  /** Made with the form: sent twice, it opens one case. */
  readonly attempt: string;
  readonly message?: string;
}

/** Opens a conversation with the coordinators of a lab, who do not learn with whom; one at a time a person. */
export async function askCoordinator(ports: Ports, input: QuestionInput): Promise<Case> {
  const { memberId, labId, attempt, message } = input;
  const { status } = await getMember(ports, memberId);
  if (status === 'withdrawn') throw new MentoringError('not_found');
  if (labId !== allLabs) getLab(ports, labId);
  if (message !== undefined && message.length > caseMessageLength) throw new MentoringError('message_too_long');
  const key = `asked:${memberId}:${attempt}`;
  const now = ports.clock.now();
  const begun = { kind: 'asked', key, memberId, labId, openedAt: now, quietSince: now } as const;
  const messages = message === undefined ? [] : [{ id: attempt, from: 'member', text: message, at: now } as const];
  const fresh = { ...begun, id: ports.newId(), status: 'open', messages, due: dueOfCase(ports, begun) } as const;
  const kept = (await ports.cases.insert(fresh)) ?? (await ports.cases.findByKey(key));
  if (!kept) throw new MentoringError('case_already_open');
  await tellCoordinators(ports, kept, { kind: 'case_opened', by: kept.memberId });
  return kept;
}
