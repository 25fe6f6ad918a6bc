import { oneMoreOn } from '../domain/day-count.ts';
import { MentoringError } from '../domain/errors.ts';
import {
  hasConfirmedAddress,
  isDomainListed,
  isSameMailbox,
  isWithoutTag,
  codeLimits,
  type AddressCode,
} from '../domain/own-address.ts';
import type { Member } from '../domain/member.ts';
import type { LabId } from '../domain/terms.ts';
import { checkTies, type KeyedHash } from '../domain/tie.ts';
import type { Change, Ports } from './ports.ts';
import { getLab, todayOf } from './records.ts';

/** What a record knows about its person's address. */
export type AddressFacts = Pick<Member, 'email' | 'addressProof' | 'pendingEmail' | 'addressCode' | 'codeLetters'>;

type Known = AddressFacts & Pick<Member, 'ties'>;

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
 * @throws MentoringError codes_sent: the day has had its letters; addresses_full: there are too many of one's own
 */
export function addressGiven(ports: Ports, known: Known | undefined, given: Given): Change<AddressFacts> {
  const { email, labId, platformAddress } = given;
  const hash = ports.hasher.email(email);
  const isSame = (other: string | undefined): boolean => other !== undefined && isSameMailbox(other, email);
  if (known && hasConfirmedAddress(known) && isSame(known.email)) return { email, ...noPending };
  const { mailDomains = [] } = getLab(ports, labId);
  if (platformAddress === hash && isWithoutTag(email) && isDomainListed(email, mailDomains)) {
    return { email, addressProof: 'platform', ...noPending };
  }
  if (isSame(known?.pendingEmail) && known?.addressCode) return { pendingEmail: email };
  // Before a letter leaves whose code could not be taken.
  if (known) checkTies({ ...known.ties, self: withOwn(known.ties.self, hash) }, known.ties);
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
  const codeLetters = oneMoreOn(known?.codeLetters, todayOf(ports, { labId }), codeLimits.lettersADay);
  if (!codeLetters) throw new MentoringError('codes_sent');
  const addressCode: AddressCode = { id: ports.newId(), sentAt: now, tries: 0 };
  return { addressCode, codeLetters };
}

/** Own addresses with one more that counts. */
export function withOwn(self: readonly KeyedHash[], ...more: readonly (KeyedHash | undefined)[]): KeyedHash[] {
  return [...new Set([...self, ...more.filter((hash) => hash !== undefined)])];
}

/** The letter of somebody's code, once for each code; undefined when none waits. Who takes part with it already is told why. */
export function codeLetter(member: Pick<Member, 'id' | 'email' | 'pendingEmail' | 'addressCode'>) {
  const { id, email, pendingEmail, addressCode } = member;
  if (!addressCode) return undefined;
  const kind = email === pendingEmail ? ('address_asked' as const) : ('address_code' as const);
  const key = `address_code:${addressCode.id}:${id}`;
  return { key, kind, memberId: id, subjectId: addressCode.id, notBefore: addressCode.sentAt };
}

/** Writes it; again, where a crash came between, by whoever looks at the page of their address. */
export async function sendCode(ports: Ports, member: Parameters<typeof codeLetter>[0]): Promise<void> {
  const letter = codeLetter(member);
  if (letter) await ports.outbox.enqueue(letter);
}
