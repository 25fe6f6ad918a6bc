// Hierarchical ties without a staff directory: only keyed hashes are known here, compared for equality in both directions.
import { MentoringError } from './errors.ts';

/** A keyed hash (HMAC-SHA-256, base64url) of a normalised e-mail or team name; see usecases/ports Hasher. */
export type KeyedHash = string;

/** What one person declared. self: hashes of the person's own addresses. */
export interface Ties {
  readonly self: readonly KeyedHash[];
  readonly team?: KeyedHash;
  readonly supervisors: readonly KeyedHash[];
  readonly avoid: readonly KeyedHash[];
}

/** Most hashes of each kind in one record: a person has so many addresses and supervisors, and no more to keep away from. */
export const mostTies = { self: 12, supervisors: 40, avoid: 80 } as const;

/** @throws MentoringError addresses_full, ties_full: nothing that was declared is ever dropped to make room */
export function checkTies(ties: Ties): Ties {
  if (ties.self.length > mostTies.self) throw new MentoringError('addresses_full');
  const { supervisors, avoid } = ties;
  if (supervisors.length > mostTies.supervisors || avoid.length > mostTies.avoid) throw new MentoringError('ties_full');
  return ties;
}

export type TieKind = 'supervisor' | 'same_team' | 'avoid';

/** The first tie that forbids the pair, or undefined. Symmetric in its arguments. */
export function tieBetween(one: Ties, other: Ties): TieKind | undefined {
  if (one.team !== undefined && one.team === other.team) return 'same_team';
  const names = (list: readonly KeyedHash[], person: Ties): boolean => list.some((hash) => person.self.includes(hash));
  if (names(one.supervisors, other) || names(other.supervisors, one)) return 'supervisor';
  if (names(one.avoid, other) || names(other.avoid, one)) return 'avoid';
  return undefined;
}

/** E-mail addresses are compared without case, outer blanks and "+tag". */
export function normaliseEmail(email: string): string {
  const [local = '', domain = ''] = email.trim().toLowerCase().normalize('NFC').split('@');
  return `${local.split('+')[0] ?? ''}@${domain}`;
}

export function isSameEmail(one: string, other: string): boolean {
  return normaliseEmail(one) === normaliseEmail(other);
}

/** Team names are compared without case, accents, punctuation and repeated blanks. */
export function normaliseTeam(team: string): string {
  return team
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
