import { checkAvailability } from '../domain/availability.ts';
import { isCurrent } from '../domain/charter.ts';
import { MentoringError } from '../domain/errors.ts';
import type { Member, Profile } from '../domain/member.ts';
import { checkTies, type Ties } from '../domain/tie.ts';
import type { Ports } from './ports.ts';
import { getMember } from './records.ts';
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
  readonly profile: Profile;
  readonly ties: DeclaredTies;
}

/** Saves what both roles share; a draft becomes active. */
export async function saveProfile(ports: Ports, input: ProfileInput): Promise<Member> {
  const { memberId, name, email, profile } = input;
  const member = await getMember(ports, memberId);
  if (!isCurrent(member.charter)) throw new MentoringError('charter_not_signed');
  if (profile.languages.length === 0 || profile.modalities.length === 0) throw new MentoringError('profile_incomplete');
  checkAvailability(profile.availability);
  const saved = await ports.members.change(memberId, ['draft', 'active', 'paused'], {
    name,
    email,
    profile,
    ties: checkTies(tiesAfter(ports, member.ties, input)),
    ...(member.status === 'draft' && begin(ports, member)),
  });
  if (!saved) throw new MentoringError('charter_not_signed');
  // Whoever saves the page has seen the address on it.
  await ports.outbox.forgiveRefusal(memberId, ports.clock.now());
  return saved;
}

function begin(ports: Ports, member: Member) {
  const begun = { ...member, status: 'active' } as const;
  return { status: begun.status, ...waitingFor(ports, timersOfMember(ports, begun)) };
}

function tiesAfter(ports: Ports, before: Ties, { email, ties }: ProfileInput): Ties {
  const kept = ties.replace ? { self: before.self, supervisors: [], avoid: [] } : before;
  const hashed = (addresses: readonly string[]): string[] => addresses.map((address) => ports.hasher.email(address));
  const team = ties.team === undefined ? kept.team : ports.hasher.team(ties.team);
  return {
    self: [...new Set([...before.self, ports.hasher.email(email)])],
    ...(team !== undefined && { team }),
    supervisors: [...new Set([...kept.supervisors, ...hashed(ties.supervisors)])],
    avoid: [...new Set([...kept.avoid, ...hashed(ties.avoid)])],
  };
}
