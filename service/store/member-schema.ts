// A member's record as it is stored, and how it is found.
import { editedAreas, membershipLife, type Member } from '../domain/member.ts';
import { indexDue, part, schemaOf } from './collection.ts';

const text = { type: String, required: true } as const;
const texts = { type: [String], required: true } as const;

const dayCount = part({ on: text, count: { type: Number, required: true } });

const availability = part({
  anyTime: { type: Boolean, required: true },
  windows: [part({ weekday: Number, from: Number, to: Number, modalities: { type: [String], default: undefined } })],
  absences: [part({ fromOn: String, toOn: String })],
});

export const memberSchema = schemaOf('members', {
  personKey: text,
  doors: {
    type: [part({ personKey: text, labId: text, platformAddress: String, closed: Boolean })],
    default: undefined,
  },
  joinedTo: String,
  joining: { type: [String], default: undefined },
  labId: text,
  status: text,
  locale: text,
  name: text,
  email: text,
  nameIsChosen: Boolean,
  addressProof: String,
  pendingEmail: String,
  addressCode: part({ id: text, sentAt: { type: Date, required: true }, tries: { type: Number, required: true } }),
  codeLetters: dayCount,
  charter: {
    type: part({ version: text, signedAt: { type: Date, required: true }, askedAt: Date, pausedAt: Date }),
    required: true,
  },
  profile: part({ careerStage: text, languages: texts, modalities: texts, availability }),
  ties: { type: part({ self: texts, team: String, supervisors: texts, avoid: texts }), required: true },
  tieChanges: dayCount,
  twinsTold: { type: [Date], default: undefined },
  offer: part({
    topics: texts,
    keptForConversation: { type: Boolean, required: true },
    formats: texts,
    capacity: { type: Number, required: true },
    meetings: part({ minutes: Number, noticeHours: Number, mostAWeek: Number, marginMinutes: Number }),
    pausedFrom: String,
    pausedUntil: String,
    confirmedAt: Date,
  }),
  held: { type: [part({ holderId: text, at: { type: Date, required: true } })], required: true },
  silent: part({ count: { type: Number, required: true }, since: text }),
  seenOn: String,
  nudgesOff: Boolean,
  feedHash: String,
  feedReadAt: Date,
  platformAddress: String,
  edits: part(Object.fromEntries(editedAreas.map((area) => [area, Number]))),
  createdAt: { type: Date, required: true },
});

/** A held place knows since when; the domain needs the holder only. */
export interface Place {
  readonly holderId: string;
  readonly at: Date;
}
export type StoredMember = Omit<Member, 'held'> & { readonly held: readonly Place[] };

export function toMember({ held, ...member }: StoredMember): Member {
  return { ...member, held: held.map(({ holderId }) => holderId) };
}

export function orNone(member: StoredMember | undefined): Member | undefined {
  return member && toMember(member);
}

export const offering = { 'offer.capacity': { $gte: 1 } };
export const holding = { 'held.0': { $exists: true } };
indexDue(memberSchema, membershipLife);
memberSchema.index({ personKey: 1 }, { name: 'one_record_a_person', unique: true });
memberSchema.index({ joinedTo: 1 }, { name: 'joined_to', partialFilterExpression: { joinedTo: { $exists: true } } });
memberSchema.index(
  { 'doors.personKey': 1 },
  { name: 'doors', partialFilterExpression: { 'doors.personKey': { $exists: true } } },
);
memberSchema.index(
  { feedHash: 1 },
  { name: 'one_member_a_feed', unique: true, partialFilterExpression: { feedHash: { $exists: true } } },
);
memberSchema.index({ status: 1 }, { name: 'offering', partialFilterExpression: offering });
memberSchema.index({ 'charter.version': 1 }, { name: 'charter', partialFilterExpression: { status: 'active' } });
memberSchema.index({ 'held.at': 1 }, { name: 'holding', partialFilterExpression: holding });
