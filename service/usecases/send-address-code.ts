import { takingPart } from '../domain/member.ts';
import { editMember } from './edit-member.ts';
import { freshCode, sendCode } from './give-address.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/**
 * Sends a code to the address that waits for one: a new code, and the one before is no longer taken. Returns
 * whether one waits.
 * @throws MentoringError codes_sent: the day has had its letters
 */
export async function sendAddressCode(ports: Ports, { memberId }: { readonly memberId: string }): Promise<boolean> {
  const sent = await editMember(
    ports,
    { areas: ['address'], from: takingPart },
    {
      read: () => getMember(ports, memberId),
      make: (member) => (member.pendingEmail === undefined ? {} : freshCode(ports, member, member.labId)),
    },
  );
  if (sent?.pendingEmail === undefined) return false;
  await sendCode(ports, sent);
  return true;
}
