import { toLocal } from '../domain/calendar.ts';
import { MentoringError } from '../domain/errors.ts';
import { hasConfirmedAddress, isDomainListed, oneMoreLetter, type AddressCode } from '../domain/own-address.ts';
import type { Member } from '../domain/member.ts';
import type { LabId } from '../domain/terms.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Change, Ports } from './ports.ts';
import { getLab } from './records.ts';

/** What a record knows about its person's address. */
export type AddressFacts = Pick<Member, 'email' | 'addressProof' | 'pendingEmail' | 'addressCode' | 'codeLetters'>;

export interface Given {
  readonly labId: LabId;
  /** As typed. */
  readonly email: string;
  /** Keyed hash of the address that the platform sends. */
  readonly platformAddress?: KeyedHash | undefined;
}

export const noPending = { pendingEmail: null, addressCode: null } as const;

/**
 * What becomes of a record when its person gives this address: it counts already, or at once, or waits for a code that is to
 * be sent; of an address that waits already nothing changes. Undefined fields are as they were.
 * @throws MentoringError codes_sent: the day has had its letters
 */
export function addressGiven(ports: Ports, known: AddressFacts | undefined, given: Given): Change<AddressFacts> {
  const { email, labId, platformAddress } = given;
  const hash = ports.hasher.email(email);
  const isSame = (other: string | undefined): boolean =>
    other !== undefined && other !== '' && ports.hasher.email(other) === hash;
  if (known && hasConfirmedAddress(known) && isSame(known.email)) return { email, ...noPending };
  const { mailDomains = [] } = getLab(ports, labId);
  if (platformAddress === hash && isDomainListed(email, mailDomains)) {
    return { email, addressProof: 'platform', ...noPending };
  }
  if (isSame(known?.pendingEmail) && known?.addressCode) return { pendingEmail: email };
  return { pendingEmail: email, ...freshCode(ports, known, labId) };
}

/** The same of a record that is made now. */
export function asStored(given: Change<AddressFacts>): AddressFacts {
  const { email = '', addressProof, pendingEmail, addressCode, codeLetters } = given;
  return {
    email,
    ...(addressProof && { addressProof }),
    ...(pendingEmail && { pendingEmail }),
    ...(addressCode && { addressCode }),
    ...(codeLetters && { codeLetters }),
  };
}

/** A code that has not been sent yet, and the letter it takes. @throws MentoringError codes_sent */
export function freshCode(ports: Ports, known: AddressFacts | undefined, labId: LabId) {
  const now = ports.clock.now();
  const codeLetters = oneMoreLetter(known?.codeLetters, toLocal(now, getLab(ports, labId).calendar.zone).date);
  if (!codeLetters) throw new MentoringError('codes_sent');
  const addressCode: AddressCode = { id: ports.newId(), sentAt: now, tries: 0 };
  return { addressCode, codeLetters };
}

/** Own addresses with one more that counts. */
export function withOwn(self: readonly KeyedHash[], ...more: readonly (KeyedHash | undefined)[]): KeyedHash[] {
  return [...new Set([...self, ...more.filter((hash) => hash !== undefined)])];
}

/** Writes the code's letter, once for each code. Repeated after a crash by whoever looks at the page. */
export async function sendCode(ports: Ports, { id, addressCode }: Pick<Member, 'id' | 'addressCode'>): Promise<void> {
  if (!addressCode) return;
  const key = `address_code:${addressCode.id}:${id}`;
  const notice = { key, kind: 'address_code', memberId: id, subjectId: addressCode.id } as const;
  await ports.outbox.enqueue({ ...notice, notBefore: addressCode.sentAt });
}
