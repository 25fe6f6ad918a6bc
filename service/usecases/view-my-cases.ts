import { headOf, type Case, type CaseHead, type CaseMessage } from '../domain/case.ts';
import { addresseesOf, getOwnCase } from './case-records.ts';
import type { Ports } from './ports.ts';

/** A case as the person whose case it is sees it. */
export interface MyCase extends CaseHead {
  readonly identityIsOpen: boolean;
  /** The lab has coordinators of its own to show it to. */
  readonly mayOpenIdentity: boolean;
  readonly widenAskedAt?: Date;
  /** A coordinator wrote last. */
  readonly isMyTurn: boolean;
  readonly messages: readonly CaseMessage[];
}

async function mine(ports: Ports, one: Case): Promise<MyCase> {
  const { status, identityOpenedAt, widenAskedAt, messages } = one;
  return {
    ...headOf(one),
    messages,
    ...(widenAskedAt && { widenAskedAt }),
    identityIsOpen: identityOpenedAt !== undefined,
    mayOpenIdentity: (await addresseesOf(ports, one)).length > 0,
    isMyTurn: status === 'open' && messages.at(-1)?.from === 'coordinator',
  };
}

/** Everything that the coordinators see of this person, the newest first; and whether another conversation may begin. */
export async function viewMyCases(
  ports: Ports,
  { memberId }: { memberId: string },
): Promise<{ cases: MyCase[]; mayAsk: boolean }> {
  const cases = await ports.cases.listOf(memberId);
  const mayAsk = !cases.some(({ kind, status }) => kind === 'asked' && status === 'open');
  return { cases: await Promise.all(cases.map((one) => mine(ports, one))), mayAsk };
}

/** @throws MentoringError not_found for anybody else */
export async function viewMyCase(ports: Ports, ids: { memberId: string; caseId: string }): Promise<MyCase> {
  return mine(ports, await getOwnCase(ports, ids));
}
