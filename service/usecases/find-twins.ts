import type { Member } from '../domain/member.ts';
import { leaveAt } from '../domain/notice.ts';
import { readsAddressOf, twinsId } from '../domain/twins.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';

/** Two records to be asked about, and the one whose letters go to what they have in common. */
interface Found {
  readonly id: string;
  readonly memberIds: readonly string[];
  readonly reader: Member;
}

/**
 * Writes to the address that two records have in common, and to nobody else: no page may tell that it is known elsewhere.
 * Of two records once, as soon as letters to one of them go there.
 */
export async function findTwins(ports: Ports): Promise<SweepCount> {
  return sweep(ports, {
    name: 'twins',
    list: () => listFound(ports),
    act: async ({ id, memberIds, reader }) => {
      const foundAt = ports.clock.now();
      const kind = 'twins_found' as const;
      const notBefore = leaveAt(kind, getLab(ports, reader.labId).calendar, { now: foundAt });
      // Before the record: a crash between the two loses no letter, and one without its record does not leave.
      await ports.outbox.enqueue({ key: `${kind}:${id}`, kind, memberId: reader.id, subjectId: id, notBefore });
      await ports.twins.insert({ id, memberIds, status: 'asked', foundAt });
    },
  });
}

async function listFound(ports: Ports): Promise<Found[]> {
  const found: Found[] = [];
  for (const memberIds of await ports.members.listSharing()) {
    const id = twinsId(...memberIds);
    if (await ports.twins.find(id)) continue;
    const [one, other] = await ports.members.findMany(memberIds);
    if (!one || !other) continue;
    const reader = [one, other].find((member) =>
      readsAddressOf(member, member === one ? other : one, ports.hasher.email),
    );
    if (reader) found.push({ id, memberIds, reader });
  }
  return found;
}
