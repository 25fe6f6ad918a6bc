import { charterVersion } from '../domain/charter.ts';
import { MentoringError } from '../domain/errors.ts';
import { addOpenDays } from '../domain/calendar.ts';
import type { Member } from '../domain/member.ts';
import type { LabId, Locale } from '../domain/terms.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Change, Ports } from './ports.ts';
import { getLab } from './records.ts';

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
}

/** Days a draft is kept before it is deleted. */
const draftDays = 30;

/** Signs the charter in force: makes a draft member, renews a member's signature, or lets a person who left come back. */
export async function signCharter(ports: Ports, signature: Signature): Promise<Member> {
  if (signature.version !== charterVersion) throw new MentoringError('charter_outdated');
  const now = ports.clock.now();
  const known = await ports.members.findByPerson(signature.personKey);
  const self = [ports.hasher.email(signature.email), signature.platformEmailHash].filter((hash) => hash !== undefined);
  const signed = {
    name: signature.name,
    email: signature.email,
    locale: signature.locale,
    charter: { version: charterVersion, signedAt: now },
    ties: { supervisors: [], avoid: [], ...known?.ties, self: [...new Set(self)] },
  };
  if (known) return renew(ports, known, signed);
  const draft: Member = {
    id: ports.newId(),
    personKey: signature.personKey,
    labId: signature.labId,
    status: 'draft',
    ...signed,
    held: [],
    createdAt: now,
    due: { step: 'purge', at: addOpenDays(getLab(ports, signature.labId).calendar, now, draftDays) },
  };
  if (await ports.members.insert(draft)) return draft;
  return signCharter(ports, signature);
}

/** A person who comes back before the erasure finds what they told; their offer and request ended when they left. */
async function renew(ports: Ports, known: Member, signed: Change<Omit<Member, 'id' | 'held'>>): Promise<Member> {
  const back = known.status === 'withdrawn' ? ({ status: known.profile ? 'active' : 'draft', due: null } as const) : {};
  const renewed = await ports.members.change(known.id, [known.status], { ...signed, ...back });
  if (!renewed) throw new MentoringError('illegal_transition');
  return renewed;
}
