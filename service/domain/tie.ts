// Hierarchical ties without a staff directory: only keyed hashes are known here, compared for equality in both directions.
import { MentoringError } from './errors.ts';
import { spellingOf } from './mail-address.ts';
import type { LabId } from './terms.ts';

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

/** Most changes a day of what somebody declares about others: nobody learns anything by trying names out. */
export const mostTieChanges = 5;

const nothing: Ties = { self: [], supervisors: [], avoid: [] };

/**
 * before: as they were; what was too long already, by two records that became one, may stay.
 * @throws MentoringError addresses_full, ties_full: nothing that was declared is ever dropped to make room
 */
export function checkTies(ties: Ties, before: Ties = nothing): Ties {
  const isTooLong = (list: keyof typeof mostTies): boolean =>
    ties[list].length > Math.max(mostTies[list], before[list].length);
  if (isTooLong('self')) throw new MentoringError('addresses_full');
  if (isTooLong('supervisors') || isTooLong('avoid')) throw new MentoringError('ties_full');
  return ties;
}

/** Whether somebody declares the same about others, in whatever order. */
export function isSameAboutOthers(one: Ties, other: Ties): boolean {
  const alike = (list: 'supervisors' | 'avoid'): boolean =>
    one[list].length === other[list].length && one[list].every((hash) => other[list].includes(hash));
  return one.team === other.team && alike('supervisors') && alike('avoid');
}

const all = (one: readonly KeyedHash[], other: readonly KeyedHash[]): KeyedHash[] => [...new Set([...one, ...other])];

/** What two records of one person declare together; a team counts in its lab, and is no list. */
export function tiesOfBoth(one: Ties, other: Ties): Ties {
  return {
    self: all(one.self, other.self),
    supervisors: all(one.supervisors, other.supervisors),
    avoid: all(one.avoid, other.avoid),
  };
}

/** same_person: an address of one is the other's as well, whatever accounts and labs they come from. */
export type TieKind = 'same_person' | 'supervisor' | 'same_team' | 'avoid';

/** A person as ties know them. */
export interface Tied {
  readonly labId: LabId;
  readonly ties: Ties;
}

/** The first tie that forbids the pair, or undefined. Symmetric in its arguments. A team counts within its lab. */
export function tieBetween(one: Tied, other: Tied): TieKind | undefined {
  const [own, others] = [one.ties, other.ties];
  if (own.self.some((hash) => others.self.includes(hash))) return 'same_person';
  if (own.team !== undefined && own.team === others.team && one.labId === other.labId) return 'same_team';
  const names = (list: readonly KeyedHash[], person: Ties): boolean => list.some((hash) => person.self.includes(hash));
  if (names(own.supervisors, others) || names(others.supervisors, own)) return 'supervisor';
  if (names(own.avoid, others) || names(others.avoid, own)) return 'avoid';
  return undefined;
}

/** E-mail addresses are compared without case, outer blanks and "+tag", their domain as mail servers know it. */
export function normaliseEmail(email: string): string {
  const [local = '', domain = ''] = spellingOf(email).split('@');
  // What begins with the sign has nothing that stands before it: it is no tag, and all of it counts.
  const [name = ''] = local.split('+');
  return `${name === '' ? local : name}@${domain}`;
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

/** What people write who have no team, as normaliseTeam leaves it; a dash or a question mark leaves nothing. */
export const noTeamWords: readonly string[] = [
  '',
  ...'aucun,aucune,aucun e,aucune equipe,pas d equipe,sans,sans equipe,neant,rien,non,personne,inconnu,inconnue'.split(
    ',',
  ),
  ...'je ne sais pas,individuel,independant,independante,n c,n a,sans objet,non applicable,a definir'.split(','),
  ...'pas encore,pas encore d equipe,0,none,no team,without,nothing,nobody,unknown,i do not know'.split(','),
  ...'i don t know,not applicable,not yet'.split(','),
];

/** Whether somebody named a team, and not that they have none. */
export function isTeam(typed: string): boolean {
  return !noTeamWords.includes(normaliseTeam(typed));
}
