// The address that somebody gives as their own. A platform can send any address, and a person can type any: it counts
// once a code that was sent to it came back, or without one where the platform's word is good enough for its domain.
import { spellingOf } from './mail-address.ts';
import { normaliseEmail } from './tie.ts';

/**
 * Why an address counts. code: the code sent to it was typed. platform: the person's platform gives it, and an administrator
 * listed its domain for the lab. earlier: the platform gave it before addresses had to be confirmed.
 */
export type AddressProof = 'code' | 'platform' | 'earlier';

/** The code on its way. id: names it, new with every letter. tries: how many codes were typed since. */
export interface AddressCode {
  readonly id: string;
  readonly sentAt: Date;
  readonly tries: number;
}

/** Of 20 letters, 8 at a time: five tries at each of five codes a day find one in a thousand million days. */
export const codeLimits = { days: 14, tries: 5, lettersADay: 5 } as const;

const dayMs = 86_400_000;

/** What the matching and the partner go by; nobody is proposed without. */
export function hasConfirmedAddress(member: { readonly addressProof?: AddressProof }): boolean {
  return member.addressProof !== undefined;
}

/** The address that the person gave last, as they see it in their own forms. */
export function lastEmail({ email, pendingEmail }: { readonly email: string; readonly pendingEmail?: string }): string {
  return pendingEmail ?? email;
}

/** The address as another person may see it: empty unless it counts. */
export function confirmedEmail(member: { readonly email: string; readonly addressProof?: AddressProof }): string {
  return hasConfirmedAddress(member) ? member.email : '';
}

/**
 * Whether two spellings are one mailbox wherever it lies. Ties go further and leave tags ("name+tag@") out: some servers
 * deliver those elsewhere, so that no proof of one is a proof of the other.
 */
export function isSameMailbox(one: string, other: string): boolean {
  return spellingOf(one) === spellingOf(other);
}

/** Whether it says nothing that a comparison for ties would leave out. */
export function isWithoutTag(email: string): boolean {
  return normaliseEmail(email) === spellingOf(email);
}

/** domains: as an administrator listed them, without what stands before them: "univ.example" is not "etu.univ.example". */
export function isDomainListed(email: string, domains: readonly string[]): boolean {
  const domain = normaliseEmail(email).split('@').at(-1) ?? '';
  return domains.some((one) => one.toLowerCase() === domain);
}

/** The last instant at which the code is taken. */
export function codeUntil({ sentAt }: AddressCode): Date {
  return new Date(sentAt.getTime() + codeLimits.days * dayMs);
}

export function isCodeOver(code: AddressCode, now: Date): boolean {
  return code.tries >= codeLimits.tries || now > codeUntil(code);
}

/** Consonants without those that are read for others; no word comes of them. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** The letters of a code from at least 16 random bytes, in two groups: "BCDF-GHJK". 20^8 codes, of which none is likelier. */
export function codeOf(bytes: Uint8Array): string {
  let value = bytes.slice(0, 16).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let code = '';
  for (; code.length < length; value /= BigInt(letters.length))
    code += letters.charAt(Number(value % BigInt(letters.length)));
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Whether it has as many letters as a code. */
export function isWholeCode(typed: string): boolean {
  return normaliseCode(typed).length === length;
}

/** As it is compared: whatever case, spaces and dashes it was typed with. */
export function normaliseCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z]/gu, '');
}
