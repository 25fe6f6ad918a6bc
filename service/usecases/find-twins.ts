import { leaveAt } from '../domain/notice.ts';
import { lettersLeft, readsAddress, twinsId, type Twins } from '../domain/twins.ts';
import type { Ports } from './ports.ts';
import { getLab, getMember } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';

/**
 * Writes to the address that two records have in common, and to nobody else: no page may tell that it is known elsewhere.
 * Of two records once, as soon as letters to one of them go there; to nobody more than a few in a month.
 */
export async function findTwins(ports: Ports): Promise<SweepCount> {
  for (const twins of await listFound(ports)) {
    await ports.twins.insert(twins);
    // Whoever was erased meanwhile has not taken them along.
    if ((await ports.members.findMany(twins.memberIds)).length < 2) await ports.twins.drop(twins.id);
  }
  return sweep(ports, {
    name: 'twins',
    list: (limit) => ports.twins.listUnwritten(limit),
    act: (twins) => write(ports, twins),
  });
}

/** Of every shared address those whose letters go there, each with whoever gave it too and was not asked about. */
async function listFound(ports: Ports): Promise<Twins[]> {
  const found = new Map<string, Twins>();
  const foundAt = ports.clock.now();
  for (const { address, memberIds } of await ports.members.listSharing()) {
    const members = await ports.members.findMany(memberIds);
    for (const { id: readerId } of members.filter((one) => readsAddress(one, address, ports.hasher))) {
      const known = await ports.twins.listOf(readerId);
      const asked = new Set(known.map(({ id }) => id));
      const pairs = members
        .filter(({ id }) => id !== readerId)
        .map((other) => ({ id: twinsId(readerId, other.id), memberIds: [readerId, other.id] }))
        .filter(({ id }) => !asked.has(id) && !found.has(id));
      for (const pair of pairs.slice(0, lettersLeft(known, readerId, foundAt))) {
        found.set(pair.id, { ...pair, status: 'asked', foundAt, readerId, unwritten: true });
      }
    }
  }
  return [...found.values()];
}

async function write(ports: Ports, { id, readerId }: Twins): Promise<void> {
  const { labId } = await getMember(ports, readerId);
  const kind = 'twins_found' as const;
  const notBefore = leaveAt(kind, getLab(ports, labId).calendar, { now: ports.clock.now() });
  await ports.outbox.enqueue({ key: `${kind}:${id}`, kind, memberId: readerId, subjectId: id, notBefore });
  await ports.twins.change(id, { from: ['asked', 'half_said', 'joined', 'apart'] }, { unwritten: null });
}
