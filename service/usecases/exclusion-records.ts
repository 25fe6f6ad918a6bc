// Whom an exclusion means: marks of a person and of the address that their platform gives, the same for a member and for who
// has just come in. An address that somebody typed marks nobody: it may be another's, and the answer would tell of others.
import type { Exclusion } from '../domain/exclusion.ts';
import type { Member } from '../domain/member.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Ports } from './ports.ts';

type Marking = Pick<Ports, 'hasher'>;

const markOfPerson = ({ hasher }: Marking, personKey: string): KeyedHash => hasher.mark(`person ${personKey}`);

/** addressHash: as ties keep it. */
export function markOfAddress({ hasher }: Marking, addressHash: KeyedHash): KeyedHash {
  return hasher.mark(`address ${addressHash}`);
}

/** The person's own mark first. */
export function marksOf(
  ports: Marking,
  { personKey, platformAddress }: Pick<Member, 'personKey' | 'platformAddress'>,
): [KeyedHash, ...KeyedHash[]] {
  const address = platformAddress === undefined ? [] : [markOfAddress(ports, platformAddress)];
  return [markOfPerson(ports, personKey), ...address];
}

/** Whether it is known to mean this very person, and not only the address with which they come. */
export function meansPerson(ports: Marking, { marks }: Exclusion, personKey: string): boolean {
  return marks.includes(markOfPerson(ports, personKey));
}

/** As a launch brings somebody. */
export interface Arrival {
  readonly personKey: string;
  /** Hash of the address that the platform knows. */
  readonly platformEmailHash?: KeyedHash | undefined;
}

/** The exclusion in force of whoever comes in, with or without a record. */
export async function exclusionOfArrival(
  ports: Pick<Ports, 'hasher' | 'exclusions'>,
  { personKey, platformEmailHash }: Arrival,
): Promise<Exclusion | undefined> {
  const address = platformEmailHash === undefined ? [] : [markOfAddress(ports, platformEmailHash)];
  return ports.exclusions.findCovering([markOfPerson(ports, personKey), ...address]);
}

/** The exclusion in force of a member. */
export async function exclusionOfMember(
  ports: Pick<Ports, 'hasher' | 'exclusions'>,
  member: Pick<Member, 'personKey' | 'platformAddress'>,
): Promise<Exclusion | undefined> {
  return ports.exclusions.findCovering(marksOf(ports, member));
}
