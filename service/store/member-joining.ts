// Two records of one person: found by an address that they have in common, joined, and the ways in that lead to the one.
import { isOut, takingPart, type Member } from '../domain/member.ts';
import type { Joinings } from '../usecases/ports.ts';
import type { Raw } from './bulk.ts';
import type { Collection } from './collection.ts';
import { orNone, toMember, type StoredMember } from './member-schema.ts';

/** Where a way in leads. */
function doorsTo(members: Collection<StoredMember>): Pick<Joinings, 'listByDoor' | 'findByPerson'> {
  /** For the moment until the other record has the door. */
  const keptOf = async (member: Member | undefined): Promise<Member | undefined> => {
    if (member?.joinedTo === undefined) return member;
    const kept = orNone(await members.findOne({ _id: member.joinedTo }));
    const isMeant = kept && kept.status !== 'erased' && (kept.joining ?? []).length > 0;
    return isMeant ? kept : member;
  };
  const listByDoor = async (personKey: string): Promise<Member[]> =>
    (await members.list({ $or: [{ personKey }, { 'doors.personKey': personKey }] })).map(toMember);
  return {
    listByDoor,
    findByPerson: async (personKey) => {
      const found = await listByDoor(personKey);
      const own = found.find((member) => member.personKey === personKey);
      const others = found.filter(({ doors }) => doors?.some((door) => door.personKey === personKey && !door.closed));
      // What goes on stands at the end of a chain: it has ended for nothing itself.
      const ends = others.filter(({ joinedTo }) => joinedTo === undefined);
      return ends.find((member) => !isOut(member)) ?? ends[0] ?? keptOf(own);
    },
  };
}

const left = { status: 'withdrawn', offer: null, feedHash: null, feedReadAt: null } as const;

/** These methods of the members' repository. */
export function joiningOf(members: Collection<StoredMember>, raw: Raw): Joinings {
  const living = { status: { $in: takingPart }, joinedTo: { $exists: false } };
  return {
    ...doorsTo(members),
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
      const ended = { ...left, joinedTo: keptId, due };
      return orNone(await members.change(id, { ...living, 'joining.0': { $exists: false } }, ended));
    },
    adopt: async (id, { joining, doors, labId, ties: { self, supervisors, avoid, team } }) => {
      const lists = { doors, 'ties.self': self, 'ties.supervisors': supervisors, 'ties.avoid': avoid };
      const more = Object.entries(lists).map(([list, some]) => [list, { $each: [...some] }] as const);
      // Counted as a save of a form: one that had read the ties before begins anew.
      const change = { $addToSet: Object.fromEntries(more), $pull: { joining }, $inc: { 'edits.address': 1 } };
      // A team counts in its lab; of two in one lab the record's own goes on to count.
      const noTeam = { _id: id, joining, labId, 'ties.team': { $exists: false } };
      if (team !== undefined) await members.touch(noTeam, { $set: { 'ties.team': team } });
      return orNone(await members.update({ _id: id, joining, status: { $ne: 'erased' } }, change));
    },
    part: async (id) => {
      await members.touch({ _id: id }, { $unset: { joinedTo: 1 } });
    },
    closeDoors: async (id) => {
      await members.touch(
        { _id: id, 'doors.0': { $exists: true } },
        {
          $set: { 'doors.$[].closed': true },
          // Whoever came in by them may have its address.
          $unset: { feedHash: 1, feedReadAt: 1 },
        },
      );
      await members.touch({ _id: id }, { $unset: { joining: 1 } });
      await raw.updateMany({ joinedTo: id }, { $unset: { joinedTo: 1 } });
    },
    noteTold: async (id, at, most) => {
      await members.touch({ _id: id }, { $push: { twinsTold: { $each: [at], $slice: -most } } });
    },
  };
}
