import { charterVersion } from '../domain/charter.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Member } from '../domain/member.ts';
import type { LabId, Locale } from '../domain/terms.ts';
import { checkTies, type KeyedHash } from '../domain/tie.ts';
import { excludeMember } from './exclude-member.ts';
import { exclusionOfArrival } from './exclusion-records.ts';
import { editsOf } from './edit-member.ts';
import { addressGiven, asStored, sendCode, withOwn, type AddressFacts } from './give-address.ts';
import { chosenOrNot } from './name-mark.ts';
import type { Change, Ports } from './ports.ts';
import { timersOfMember, waitingFor } from './waiting.ts';
import { wishMatching } from './wish-matching.ts';

export interface Signature {
  readonly personKey: string;
  readonly labId: LabId;
  readonly locale: Locale;
  /** The version that the person has read. */
  readonly version: string;
  readonly name: string;
  readonly email: string;
  /** Keyed hash of the address that the platform knows: ties hold even if the person gives another one. */
  readonly platformEmailHash?: KeyedHash;
  /** Of the name that the platform gives. */
  readonly platformNameMark?: KeyedHash;
}

type Signed = Change<AddressFacts> &
  Pick<Member, 'name' | 'nameIsChosen' | 'locale' | 'charter' | 'ties' | 'platformAddress'>;

/**
 * Signs the charter in force: makes a draft member, renews a member's signature, or lets a person who left come back; not
 * somebody who was excluded.
 */
export async function signCharter(ports: Ports, signature: Signature): Promise<Member> {
  if (signature.version !== charterVersion) throw new MentoringError('charter_outdated');
  if (await exclusionOfArrival(ports, signature)) throw new MentoringError('excluded');
  const signed = await sign(ports, signature);
  // One that was decided in this moment may not have seen the record.
  const exclusion = await exclusionOfArrival(ports, signature);
  if (!exclusion) {
    await sendCode(ports, signed);
    return signed;
  }
  await excludeMember(ports, signed, exclusion);
  throw new MentoringError('excluded');
}

async function sign(ports: Ports, signature: Signature): Promise<Member> {
  const now = ports.clock.now();
  const known = await ports.members.findByPerson(signature.personKey);
  // A platform's word about an address counts in its own lab: another door may lead here.
  const isOwnLab = !known || known.labId === signature.labId;
  const platformAddress = isOwnLab ? signature.platformEmailHash : undefined;
  const address = addressGiven(ports, known, { ...signature, platformAddress });
  const counts = address.email ? ports.hasher.email(address.email) : undefined;
  const { nameIsChosen } = chosenOrNot(ports, signature.name, signature.platformNameMark);
  // None is forgotten: signing again is no way out of a tie, or of what was asked about an address.
  const self = withOwn(known?.ties.self ?? [], counts, platformAddress);
  const signed = {
    name: signature.name,
    locale: signature.locale,
    charter: { version: charterVersion, signedAt: now },
    ties: checkTies({ supervisors: [], avoid: [], ...known?.ties, self }, known?.ties),
    ...(platformAddress !== undefined && { platformAddress }),
    ...(nameIsChosen && { nameIsChosen }),
  };
  // Somebody who saves a form in this moment goes first.
  if (known) return (await renew(ports, known, { ...signed, ...address })) ?? sign(ports, signature);
  const draft: Member = {
    id: ports.newId(),
    personKey: signature.personKey,
    labId: signature.labId,
    status: 'draft',
    ...signed,
    ...asStored(address),
    held: [],
    createdAt: now,
  };
  const waiting = { ...draft, ...waitingFor(ports, timersOfMember(ports, draft)) };
  if (await ports.members.insert(waiting)) return waiting;
  return sign(ports, signature);
}

/**
 * A person who comes back before the erasure finds what they told; their offer and request ended when they left. A pause
 * for want of a signature ends with it; a pause of their own does not.
 */
async function renew(ports: Ports, known: Member, signed: Signed): Promise<Member | undefined> {
  // For the moment that it takes to delete the record; then they begin anew.
  if (known.status === 'erased') throw new MentoringError('illegal_transition');
  const returns = known.status === 'withdrawn' || known.charter.pausedAt !== undefined;
  const status = returns ? (known.profile ? 'active' : 'draft') : known.status;
  const waits = waitingFor(ports, timersOfMember(ports, { ...known, ...signed, status }));
  // Whoever comes back may be a mentor whom somebody waits for.
  if (known.status !== status && known.offer) await wishMatching(ports);
  const edits = { ...known.edits, profile: editsOf(known, 'profile') + 1 };
  const change = { nameIsChosen: null, joinedTo: null, ...signed, edits, status, ...waits };
  return ports.members.changeUnedited(known, [known.status], change);
}
