import { caseMessageLength, type Case, type CaseMessage } from '../domain/case.ts';
import { MentoringError } from '../domain/errors.ts';
import { dueOfCase, getCaseOf, tellCoordinators, type CaseParty } from './case-records.ts';
import { notify } from './notify.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

export interface CaseMessageInput {
  readonly by: CaseParty;
  readonly caseId: string;
  /** Made with the form: sent twice, it is one message. */
  readonly messageId: string;
  readonly text: string;
}

/** Writes to the other side, who is told that there is something to read. Neither side sees the other's address. */
export async function writeInCase(ports: Ports, { by, caseId, messageId, text }: CaseMessageInput): Promise<void> {
  const { found, side } = await getCaseOf(ports, by, caseId);
  if (text.length > caseMessageLength) throw new MentoringError('message_too_long');
  const now = ports.clock.now();
  const message = { id: messageId, from: side, text, at: now };
  const quiet = { quietSince: now, due: dueOfCase(ports, { ...found, quietSince: now }) };
  if (!(await ports.cases.write(caseId, message, quiet))) await checkWritten(ports, found, message);
  if (side === 'member') {
    return tellCoordinators(ports, found, { kind: 'case_answered', step: messageId, by: found.memberId });
  }
  const { id: memberId, labId } = await getMember(ports, found.memberId);
  await notify(ports, [{ memberId, labId }], {
    kind: 'case_message',
    subjectId: caseId,
    step: messageId,
    thread: 'cases',
  });
}

/** The form was sent twice, or whoever wrote it died before telling: then it is written. @throws MentoringError otherwise */
async function checkWritten(ports: Ports, { id: caseId }: Case, { id, from }: CaseMessage): Promise<void> {
  const now = await ports.cases.find(caseId);
  if (now?.messages.some((one) => one.id === id && one.from === from)) return;
  throw new MentoringError(now?.status === 'open' ? 'case_full' : 'case_over');
}
