// Two records of one person: found by an address that they have in common, joined, and the ways in that lead to the one.
import { isOut } from '../domain/member.ts';
import type { Members } from '../usecases/ports.ts';
import type { Raw } from './bulk.ts';
import type { Collection } from './collection.ts';
import { orNone, takingPart, toMember, type StoredMember } from './member-schema.ts';

type Joining = Pick<Members, 'findByPerson' | 'listSharing' | 'claim' | 'release' | 'joinTo' | 'adopt' | 'closeDoors'>;

/** These methods of the members' repository. */
export function joiningOf(members: Collection<StoredMember>, raw: Raw): Joining {
  const living = { status: { $in: takingPart }, joinedTo: { $exists: false } };
  return {
    findByPerson: async (personKey) => {
      const found = (await members.list({ $or: [{ personKey }, { 'doors.personKey': personKey }] })).map(toMember);
      const byDoor = found.filter(({ doors }) => doors?.some((door) => door.personKey === personKey));
      const [first] = found;
      const joined = byDoor.find((member) => !isOut(member)) ?? byDoor[0];
      if (joined || first?.joinedTo === undefined) return joined ?? first;
      // For the moment until the other record has the door.
      const kept = orNone(await members.findOne({ _id: first.joinedTo }));
      return kept && kept.status !== 'erased' ? kept : first;
    },
    listSharing: async () => {
      const shared = raw.aggregate<{ readonly _id: string; readonly memberIds: readonly string[] }>([
        { $match: living },
        { $unwind: '$ties.self' },
        { $group: { _id: '$ties.self', memberIds: { $addToSet: '$_id' } } },
        { $match: { 'memberIds.1': { $exists: true } } },
      ]);
      return (await shared.toArray()).map(({ _id: address, memberIds }) => ({ address, memberIds }));
    },
    claim: (id, joining) => members.touch({ _id: id, ...living }, { $addToSet: { joining } }),
    release: async (id, joining) => {
      await members.touch({ _id: id }, { $pull: { joining } });
    },
    joinTo: async (id, keptId, due) => {
      const ended = { status: 'withdrawn', joinedTo: keptId, offer: null, feedHash: null, due } as const;
      return orNone(await members.change(id, { ...living, 'joining.0': { $exists: false } }, ended));
    },
    adopt: async (id, { joining, doors, ties: { self, supervisors, avoid } }) => {
      const lists = { doors, 'ties.self': self, 'ties.supervisors': supervisors, 'ties.avoid': avoid };
      const more = Object.entries(lists).map(([list, some]) => [list, { $each: [...some] }] as const);
      // Counted as a save of a form: one that had read the ties before begins anew.
      const change = { $addToSet: Object.fromEntries(more), $pull: { joining }, $inc: { 'edits.address': 1 } };
      return orNone(await members.update({ _id: id, status: { $ne: 'erased' } }, change));
    },
    closeDoors: async (id) => {
      await raw.updateMany({ joinedTo: id }, { $unset: { joinedTo: 1 } });
      await members.touch({ _id: id }, { $unset: { doors: 1 } });
    },
  };
}
