import { leaveAt } from '../domain/notice.ts';
import { lettersLeft, readsAddress, twinsId, twinsLetters, type Twins } from '../domain/twins.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';
import { sweep, type SweepCount } from './sweep.ts';

/**
 * Writes to the address that two records have in common, and to nobody else: no page may tell that it is known elsewhere.
 * Of two records once, as soon as letters to one of them go there; to nobody more than a few in a month.
 */
export async function findTwins(ports: Ports): Promise<SweepCount> {
  for (const twins of await listFound(ports)) {
    await ports.twins.insert(twins);
    // Whoever is erased in this moment has not taken them along.
    if (!(await areStored(ports, twins))) await ports.twins.drop(twins.id);
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
    for (const reader of members.filter((one) => readsAddress(one, address, ports.hasher))) {
      const { id: readerId } = reader;
      const known = await ports.twins.listOf(readerId);
      const asked = new Set(known.map(({ id }) => id));
      const pairs = members
        .filter(({ id }) => id !== readerId)
        .map((other) => ({ id: twinsId(readerId, other.id), memberIds: [readerId, other.id] }))
        .filter(({ id }) => !asked.has(id) && !found.has(id));
      for (const pair of pairs.slice(0, lettersLeft(reader, foundAt))) {
        found.set(pair.id, { ...pair, status: 'asked', foundAt, readerId, unwritten: true });
      }
    }
  }
  return [...found.values()];
}

async function write(ports: Ports, twins: Twins): Promise<void> {
  const { id, readerId } = twins;
  const reader = await ports.members.find(readerId);
  if (!reader || !(await areStored(ports, twins))) return ports.twins.drop(id);
  const now = ports.clock.now();
  const kind = 'twins_found' as const;
  const notBefore = leaveAt(kind, getLab(ports, reader.labId).calendar, { now });
  await ports.outbox.enqueue({ key: `${kind}:${id}`, kind, memberId: readerId, subjectId: id, notBefore });
  await ports.members.noteTold(readerId, now, twinsLetters.most);
  await ports.twins.change(id, { from: ['asked', 'half_said', 'joined', 'apart'] }, { unwritten: null });
}

async function areStored(ports: Ports, { memberIds }: Twins): Promise<boolean> {
  const stored = await ports.members.findMany(memberIds);
  return stored.filter(({ status }) => status !== 'erased').length === memberIds.length;
}
