// Whom an exclusion means: marks of a person and of the address that their platform gives, the same for a member and for who
// has just come in. A platform's word about an address counts in its own lab: it may send another's, and shut them out; in
// every lab only if an administrator says so. An address that somebody typed marks nobody.
import type { Exclusion } from '../domain/exclusion.ts';
import { doorsOf, type Door, type Entered } from '../domain/member.ts';
import type { LabId } from '../domain/terms.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Ports } from './ports.ts';

type Marking = Pick<Ports, 'hasher'>;

const markOfPerson = ({ hasher }: Marking, personKey: string): KeyedHash => hasher.mark(`person ${personKey}`);

/** addressHash: as ties keep it. */
export function markOfAddress({ hasher }: Marking, addressHash: KeyedHash): KeyedHash {
  return hasher.mark(`address ${addressHash}`);
}

/** Of an address that a platform of this lab gives. */
function markInLab({ hasher }: Marking, labId: LabId, addressHash: KeyedHash): KeyedHash {
  return hasher.mark(`address in ${labId} ${addressHash}`);
}

/** What an exclusion of this person keeps, of every way in: the person's own mark first, then what its platform says. */
export function marksOf(
  ports: Marking,
  person: Entered,
  { everywhere = false }: { readonly everywhere?: boolean } = {},
): [KeyedHash, ...KeyedHash[]] {
  const [own, ...others] = doorsOf(person);
  const ofAddress = ({ labId, platformAddress: address }: Door): KeyedHash[] =>
    address === undefined
      ? []
      : [markInLab(ports, labId, address), ...(everywhere ? [markOfAddress(ports, address)] : [])];
  return [
    markOfPerson(ports, own.personKey),
    ...ofAddress(own),
    ...others.flatMap((door) => [markOfPerson(ports, door.personKey), ...ofAddress(door)]),
  ];
}

/** All by which this person may be meant. */
export function marksToLookFor(ports: Marking, person: Entered): KeyedHash[] {
  return marksOf(ports, person, { everywhere: true });
}

/** Whether it is known to mean this very person, and not only the address with which they come. */
export function meansPerson(ports: Marking, { marks }: Exclusion, personKey: string): boolean {
  return marks.includes(markOfPerson(ports, personKey));
}

/** As a launch brings somebody. */
export interface Arrival {
  readonly personKey: string;
  readonly labId: LabId;
  /** Hash of the address that the platform knows. */
  readonly platformEmailHash?: KeyedHash | undefined;
}

/** The exclusion in force of whoever comes in, with or without a record. */
export async function exclusionOfArrival(
  ports: Pick<Ports, 'hasher' | 'exclusions'>,
  { personKey, labId, platformEmailHash }: Arrival,
): Promise<Exclusion | undefined> {
  const address = platformEmailHash === undefined ? {} : { platformAddress: platformEmailHash };
  return ports.exclusions.findCovering(marksToLookFor(ports, { personKey, labId, ...address }));
}

/** The exclusion in force of a member. */
export async function exclusionOfMember(
  ports: Pick<Ports, 'hasher' | 'exclusions'>,
  member: Entered,
): Promise<Exclusion | undefined> {
  return ports.exclusions.findCovering(marksToLookFor(ports, member));
}
