import { takingPart } from '../domain/member.ts';
import { editMember } from './edit-member.ts';
import { noPending } from './give-address.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';

/** Takes back an address that waits for its code; the one that counts, if there is one, goes on to count. Returns whether one waited. */
export async function dropAddress(ports: Ports, { memberId }: { readonly memberId: string }): Promise<boolean> {
  let waited = false;
  await editMember(
    ports,
    { areas: ['address'], from: takingPart },
    {
      read: () => getMember(ports, memberId),
      make: ({ pendingEmail }) => {
        waited = pendingEmail !== undefined;
        return noPending;
      },
    },
  );
  return waited;
}
