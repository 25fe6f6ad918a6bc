// Members and the places of mentors. Capacity is held here: a place is taken by one write that counts as it writes.
import type { Connection } from 'mongoose';
import { editedAreas, membershipLife, takingPart, type Member, type Participant } from '../domain/member.ts';
import type { Members } from '../usecases/ports.ts';
import { rawOf, readAll, type Raw } from './bulk.ts';
import type { Cipher } from './cipher.ts';
import { Collection, waitingStill, type Filter } from './collection.ts';
import { joiningOf } from './member-joining.ts';
import { holding, memberSchema, offering, orNone, toMember, type Place, type StoredMember } from './member-schema.ts';

const placeIsFree = { $expr: { $lt: [{ $size: '$held' }, '$offer.capacity'] }, ...offering };

/** Somebody may be proposed: domain/member mayBeProposed, as a filter. */
const proposable = { status: 'active', addressProof: { $exists: true } } as const;

/** The mentor may be proposed today: domain/member isOpenAsMentor, as a filter. */
function openOn(today: string): Filter {
  return {
    ...proposable,
    profile: { $exists: true },
    $or: [
      { 'offer.pausedUntil': { $exists: false } },
      { 'offer.pausedUntil': { $lte: today } },
      { 'offer.pausedFrom': { $gt: today } },
    ],
  };
}

/** What the matching may know: nothing sealed is even read. */
const participantFields = ['labId', 'status', 'charter', 'profile', 'ties', 'offer', 'held.holderId', 'addressProof'];
type StoredParticipant = Omit<Participant, 'held'> & { readonly held: readonly Pick<Place, 'holderId'>[] };

function toParticipant({ held, ...member }: StoredParticipant): Participant {
  return { ...member, held: held.map(({ holderId }) => holderId) };
}

async function* readParticipants(raw: Raw, filter: Filter): AsyncGenerator<Participant[]> {
  for await (const chunk of readAll<StoredParticipant>(raw, filter, { fields: participantFields })) {
    yield chunk.map(toParticipant);
  }
}

interface Taking {
  readonly places: readonly { readonly mentorId: string; readonly holderId: string }[];
  readonly at: Date;
  /** What the mentor has to be, beside having a place free. */
  readonly ifMentor: Filter;
}

/**
 * The only way in which places are taken. One command, but each mentor's record changes by one write of its own, which
 * counts what is free as it writes. Who holds a place is read afterwards: a command that was cut short tells no lies.
 */
async function takePlaces(raw: Raw, { places, at, ifMentor }: Taking): Promise<Set<string>> {
  const byMentor = new Map<string, string[]>(places.map(({ mentorId }) => [mentorId, []]));
  for (const { mentorId, holderId } of places) byMentor.get(mentorId)?.push(holderId);
  const [mentorIds, holderIds] = [[...byMentor.keys()], [...byMentor.values()]];
  const own = { $arrayElemAt: [{ $literal: holderIds }, { $indexOfArray: [{ $literal: mentorIds }, '$_id'] }] };
  const wanted = { $filter: { input: own, cond: { $not: [{ $in: ['$$this', '$held.holderId'] }] } } };
  const free = { $subtract: ['$offer.capacity', { $size: '$held' }] };
  const taken = { $map: { input: { $slice: [wanted, free] }, in: { holderId: '$$this', at } } };
  const filter = { _id: { $in: mentorIds }, ...ifMentor, ...placeIsFree };
  await raw.updateMany(filter, [{ $set: { held: { $concatArrays: ['$held', taken] } } }]);
  const asked = new Set(holderIds.flat());
  const held = { _id: { $in: mentorIds }, 'held.holderId': { $in: [...asked] } };
  const holders: string[] = [];
  for await (const mentors of readParticipants(raw, held)) holders.push(...mentors.flatMap((mentor) => mentor.held));
  return new Set(holders.filter((holderId) => asked.has(holderId)));
}

/** The places of mentors: taken, given back, looked through. */
function placesOf(
  members: Collection<StoredMember>,
  raw: Raw,
): Pick<Members, 'holdPlaces' | 'confirmPlace' | 'releasePlace' | 'releaseSilent' | 'pauseSilent' | 'listHeld'> {
  return {
    holdPlaces: (places, { now, today }) => takePlaces(raw, { places, at: now, ifMentor: openOn(today) }),
    confirmPlace: async (mentorId, holderId, now) => {
      const ifMentor = { status: { $in: ['active', 'paused'] } };
      return (await takePlaces(raw, { places: [{ mentorId, holderId }], at: now, ifMentor })).has(holderId);
    },
    releasePlace: async (mentorId, holderId) => {
      await members.touch({ _id: mentorId }, { $pull: { held: { holderId } } });
    },
    releaseSilent: async (mentorId, holderId, today) => {
      const counted = { $inc: { 'silent.count': 1 }, $min: { 'silent.since': today } };
      const holds = { _id: mentorId, 'held.holderId': holderId };
      await members.touch(holds, { $pull: { held: { holderId } }, ...counted });
    },
    pauseSilent: async (mentorId, silences, until) => {
      const silent = { _id: mentorId, status: 'active', 'silent.count': { $gte: silences }, ...offering };
      await members.touch(silent, {
        $set: { 'offer.pausedUntil': until },
        $unset: { silent: 1, 'offer.pausedFrom': 1 },
      });
    },
    listHeld: async (before) => {
      const mentors = await members.list({ ...holding, 'held.at': { $lt: before } });
      return mentors.flatMap(({ id, held }) =>
        held.filter(({ at }) => at < before).map(({ holderId }) => ({ mentorId: id, holderId })),
      );
    },
  };
}

/** Whom a sweep looks for. */
function dueOf(
  members: Collection<StoredMember>,
): Pick<Members, 'listDue' | 'advance' | 'listForgotten' | 'remind' | 'listToAsk' | 'listToConfirm'> {
  return {
    listDue: async (now, limit) => (await members.listDue(now, limit)).map(toMember),
    advance: (id, done, next) => members.advance(id, done, next),
    listForgotten: async (limit) => (await members.listForgotten(limit)).map(toMember),
    remind: (id, due) => members.remind(id, due),
    listToAsk: async (version, limit) => {
      const unasked = { 'charter.version': { $ne: version }, 'charter.askedAt': { $exists: false } };
      return (await members.list({ status: 'active', ...unasked }, {}, limit)).map(toMember);
    },
    listToConfirm: async (limit) => {
      const waiting = { pendingEmail: { $exists: true }, addressCode: { $exists: false } };
      return (await members.list({ status: { $in: takingPart }, ...waiting }, {}, limit)).map(toMember);
    },
  };
}

/** Conditional writes to one record. */
function changesOf(
  members: Collection<StoredMember>,
): Pick<Members, 'change' | 'changeIfStill' | 'changeUnedited' | 'tryCode'> {
  return {
    change: async (id, from, change) => orNone(await members.change(id, { status: { $in: from } }, change)),
    changeIfStill: async ({ id, due, charter }, from, change) => {
      const seen = { ...waitingStill(due), 'charter.signedAt': charter.signedAt };
      return orNone(await members.change(id, { status: { $in: from }, ...seen }, change));
    },
    changeUnedited: async ({ id, edits, due, charter, offer }, from, change) => {
      const none = { $exists: false };
      const unedited: Filter = {
        ...Object.fromEntries(editedAreas.map((area) => [`edits.${area}`, edits?.[area] ?? none])),
        ...waitingStill(due),
        'charter.askedAt': charter.askedAt ?? none,
        'offer.pausedUntil': offer?.pausedUntil ?? none,
      };
      return orNone(await members.change(id, { status: { $in: from }, ...unedited }, change));
    },
    tryCode: async (id, codeId, most) => {
      const typed = { _id: id, 'addressCode.id': codeId, 'addressCode.tries': { $lt: most } };
      return members.touch(typed, { $inc: { 'addressCode.tries': 1 } });
    },
  };
}

/** The members' repository on a connection. */
export function membersOf(connection: Connection, cipher: Cipher): Members {
  const parts = { schema: memberSchema, cipher, sealed: ['name', 'email', 'pendingEmail'], life: membershipLife };
  const members = new Collection<StoredMember>(connection, parts);
  const raw = rawOf(connection, memberSchema);
  const one = async (filter: Filter): Promise<Member | undefined> => orNone(await members.findOne(filter));
  const list = async (filter: Filter): Promise<Member[]> => (await members.list(filter)).map(toMember);
  return {
    find: (id) => one({ _id: id }),
    findMany: (ids) => list({ _id: { $in: ids } }),
    // Without an index: each would cost every member something, for a command that is hardly ever given.
    listByAddress: (address) => list({ 'ties.self': address }),
    listExcluded: () => list({ status: 'excluded' }),
    insert: ({ held, ...member }) =>
      members.insert({ ...member, held: held.map((holderId) => ({ holderId, at: member.createdAt })) }),
    ...changesOf(members),
    ...joiningOf(members, raw),
    ...placesOf(members, raw),
    readMentors: () => readParticipants(raw, { ...proposable, ...placeIsFree }),
    listParticipants: async (ids) => {
      const found: Participant[] = [];
      for await (const chunk of readParticipants(raw, { _id: { $in: ids } })) found.push(...chunk);
      return found;
    },
    ...dueOf(members),
    erase: (id) => members.remove(id, { status: 'erased' }),
  };
}
