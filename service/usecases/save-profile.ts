import { checkAvailability, type Availability } from '../domain/availability.ts';
import { isCurrent } from '../domain/charter.ts';
import { oneMoreOn } from '../domain/day-count.ts';
import { MentoringError } from '../domain/errors.ts';
import { takingPart, type Member, type Profile } from '../domain/member.ts';
import { lastEmail } from '../domain/own-address.ts';
import { checkTies, isSameAboutOthers, isTeam, mostTieChanges, type KeyedHash, type Ties } from '../domain/tie.ts';
import { editMember, isSame } from './edit-member.ts';
import { addressGiven, sendCode, withOwn } from './give-address.ts';
import { chosenOrNot } from './name-mark.ts';
import type { Ports } from './ports.ts';
import { getMember, todayOf } from './records.ts';
import { timersOfMember, waitingFor } from './waiting.ts';

export interface DeclaredTies {
  /** Clear text as typed; only keyed hashes are kept. */
  readonly team?: string;
  readonly supervisors: readonly string[];
  readonly avoid: readonly string[];
  /** true: forget what was declared before; false: add to it. */
  readonly replace: boolean;
}

export interface ProfileInput {
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  /** Of the address and of the name that the platform gave at this launch. */
  readonly platformEmailHash?: KeyedHash;
  readonly platformNameMark?: KeyedHash;
  /** Without the week, which has a form of its own. */
  readonly profile: Omit<Profile, 'availability'> & { readonly availability?: Availability };
  /** How often the profile had been saved when the form was shown. */
  readonly seen?: number | undefined;
  readonly ties: DeclaredTies;
}

const noWeek: Availability = { anyTime: false, windows: [], absences: [] };

/** Saves what both roles share; a draft becomes active. */
export async function saveProfile(ports: Ports, input: ProfileInput): Promise<Member> {
  const { memberId, name, email, profile, seen } = input;
  if (profile.languages.length === 0 || profile.modalities.length === 0) throw new MentoringError('profile_incomplete');
  if (profile.availability) checkAvailability(profile.availability);
  const withWeek = (member: Member): Profile => ({
    ...profile,
    availability: profile.availability ?? member.profile?.availability ?? noWeek,
  });
  const saved = await editMember(
    ports,
    { areas: ['profile'], seen, from: takingPart },
    {
      read: async () => {
        const member = await getMember(ports, memberId);
        if (!isCurrent(member.charter)) throw new MentoringError('charter_not_signed');
        return member;
      },
      make: (member) => ({
        name,
        ...addressOf(ports, member, input),
        ...chosenOrNot(ports, name, input.platformNameMark),
        profile: withWeek(member),
        ...newTies(ports, member, tiesAfter(ports, member, input)),
        ...(member.status === 'draft' && begin(ports, member)),
      }),
      same: (member) =>
        isSame([member.name, lastEmail(member), member.profile], [name, email, withWeek(member)]) &&
        isSame(member.ties, tiesAfter(ports, member, input)),
    },
  );
  if (!saved) throw new MentoringError('charter_not_signed');
  await sendCode(ports, saved);
  // Whoever saves the page has seen the address on it.
  await ports.outbox.forgiveRefusal(memberId, ports.clock.now());
  return saved;
}

/** @throws MentoringError ties_changed: the day has had its changes; as checkTies */
function newTies(
  ports: Ports,
  { ties: before, tieChanges, labId }: Member,
  ties: Ties,
): Pick<Member, 'ties' | 'tieChanges'> {
  checkTies(ties, before);
  if (isSameAboutOthers(before, ties)) return { ties };
  const changes = oneMoreOn(tieChanges, todayOf(ports, { labId }), mostTieChanges);
  if (!changes) throw new MentoringError('ties_changed');
  return { ties, tieChanges: changes };
}

function begin(ports: Ports, member: Member) {
  const begun = { ...member, status: 'active' } as const;
  return { status: begun.status, ...waitingFor(ports, timersOfMember(ports, begun)) };
}

function addressOf(ports: Ports, member: Member, { email, platformEmailHash }: ProfileInput) {
  return addressGiven(ports, member, { labId: member.labId, email, platformAddress: platformEmailHash });
}

function tiesAfter(ports: Ports, member: Member, input: ProfileInput): Ties {
  const { ties: before } = member;
  const { ties } = input;
  const { email } = addressOf(ports, member, input);
  const kept = ties.replace ? { self: before.self, supervisors: [], avoid: [] } : before;
  const hashed = (addresses: readonly string[]): string[] => addresses.map((address) => ports.hasher.email(address));
  // Who says that they have none has none: a dash must not keep all those apart who typed one.
  const said = ties.team !== undefined && isTeam(ties.team) ? ports.hasher.team(ties.team) : undefined;
  const team = ties.team === undefined ? kept.team : said;
  return {
    self: withOwn(before.self, email ? ports.hasher.email(email) : undefined),
    ...(team !== undefined && { team }),
    supervisors: [...new Set([...kept.supervisors, ...hashed(ties.supervisors)])],
    avoid: [...new Set([...kept.avoid, ...hashed(ties.avoid)])],
  };
}
