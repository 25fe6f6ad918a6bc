import { MentoringError } from '../domain/errors.ts';
import { takingPart, type Member } from '../domain/member.ts';
import { codeLimits, hasConfirmedAddress, isCodeOver, isSameMailbox, normaliseCode } from '../domain/own-address.ts';
import { checkTies } from '../domain/tie.ts';
import { editMember } from './edit-member.ts';
import { noPending, withOwn } from './give-address.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
import { wishMatching } from './wish-matching.ts';

/**
 * Takes the code that was sent to an address: from now on it is where letters go, what a partner sees, and one of the person's
 * own. Repeated, it is answered as the first time.
 * @throws MentoringError code_over: it was tried too often, or is too old; code_wrong: it is another one
 */
export async function confirmAddress(
  ports: Ports,
  { memberId, code }: { readonly memberId: string; readonly code: string },
): Promise<Member> {
  const member = await getMember(ports, memberId);
  const { addressCode, pendingEmail } = member;
  if (!addressCode || pendingEmail === undefined) {
    if (hasConfirmedAddress(member)) return member;
    throw new MentoringError('code_over');
  }
  // Counted before it is looked at: many at once are no more than many one after the other.
  const mayTry = !isCodeOver(addressCode, ports.clock.now());
  if (!mayTry || !(await ports.members.tryCode(memberId, addressCode.id, codeLimits.tries))) {
    return confirmedMeanwhile(ports, memberId, pendingEmail);
  }
  if (normaliseCode(code) !== normaliseCode(ports.hasher.code(memberId, addressCode.id))) {
    throw new MentoringError('code_wrong');
  }
  const confirmed = await editMember(
    ports,
    { areas: ['address'], from: takingPart },
    {
      read: () => getMember(ports, memberId),
      make: (now) => ({
        ...(now.addressCode?.id === addressCode.id && {
          email: pendingEmail,
          addressProof: 'code',
          ...noPending,
          ties: checkTies({ ...now.ties, self: withOwn(now.ties.self, ports.hasher.email(pendingEmail)) }, now.ties),
        }),
      }),
    },
  );
  if (!confirmed || !isConfirmed(confirmed, pendingEmail)) return confirmedMeanwhile(ports, memberId, pendingEmail);
  await ports.outbox.forgiveRefusal(memberId, ports.clock.now());
  // Somebody may have waited for exactly this.
  if (!hasConfirmedAddress(member)) await wishMatching(ports);
  return confirmed;
}

const isConfirmed = (member: Member, address: string): boolean =>
  hasConfirmedAddress(member) && isSameMailbox(member.email, address);

/** The same form was faster, or another code was sent, or the address taken back. */
async function confirmedMeanwhile(ports: Ports, memberId: string, address: string): Promise<Member> {
  const member = await getMember(ports, memberId);
  if (!isConfirmed(member, address)) throw new MentoringError('code_over');
  return member;
}
