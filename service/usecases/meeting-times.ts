// When the two of a dialogue can meet: hours that both have, as long and as far ahead as the mentor wants, beside whatever either
// of them has planned in any dialogue.
import { attendeeOf } from '../domain/common-ground.ts';
import type { Dialogue } from '../domain/dialogue.ts';
import { MentoringError } from '../domain/errors.ts';
import { daysOnOffer, Span } from '../domain/free-time.ts';
import type { Attendee } from '../domain/meeting-kinds.ts';
import { claimsFor, type Claimant } from '../domain/meeting-claims.ts';
import { halfHoursOf, usualMeetings, type Meeting, type MeetingTime } from '../domain/meeting.ts';
import { type Member, type Profile } from '../domain/member.ts';
import { meetingsOf } from '../domain/mentor-offer.ts';
import { modalities, type Modality } from '../domain/terms.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';

/** Times of so many days are on offer; further ones only where there are fewer than `fewest`. */
const nearDays = 21;
const fewest = 6;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** meeting: the planned one that is to be moved, whose own time is no hindrance. */
export interface Planning {
  readonly dialogue: Dialogue;
  readonly meeting?: Meeting | undefined;
}

/** modalities: in which the two can meet at that time, in the mentee's order. */
export interface TimeOnOffer {
  readonly startsAt: Date;
  readonly modalities: readonly Modality[];
}

/** What a meeting at some time claims, if there is room for it. */
export interface MeetingRoom {
  readonly minutes: number;
  readonly claims: readonly string[];
}

interface Pair {
  readonly times: readonly TimeOnOffer[];
  readonly minutes: number;
  readonly claimsAt: (startsAt: Date) => string[] | undefined;
}

type Described = Member & { readonly profile: Profile };

/** Undefined when one of them has left. */
async function readPair(ports: Ports, { dialogue, meeting }: Planning): Promise<Pair | undefined> {
  const ids = [dialogue.menteeId, dialogue.mentorId];
  const members = await ports.members.findMany(ids);
  const isThere = (member: Member | undefined): member is Described => member?.profile !== undefined;
  const [mentee, mentor] = ids.map((id) => members.find((member) => member.id === id));
  if (!isThere(mentee) || !isThere(mentor)) return undefined;
  const wishes = meetingsOf(mentor.offer ?? {});
  const { noticeHours, mostAWeek } = wishes;
  // A meeting that is moved stays as long as it is.
  const minutes = meeting?.minutes ?? wishes.minutes;
  const attending = (member: Described): Attendee =>
    attendeeOf({ member, calendar: getLab(ports, member.labId).calendar });
  const begin = new Date(ports.clock.now().getTime() + noticeHours * hourMs);
  const span = new Span(begin, daysOnOffer - noticeHours / 24);
  const ways = span.commonWays([attending(mentee), attending(mentor)], halfHoursOf(minutes));
  const taken = new Set(await ports.meetings.listTaken(ids));
  for (const own of meeting?.taken ?? []) taken.delete(own);
  const people = [mentee, mentor].map(({ id, offer }): Claimant => ({ memberId: id, wishes: meetingsOf(offer ?? {}) }));
  const zone = getLab(ports, mentor.labId).calendar.zone;
  const limit = { memberId: mentor.id, zone, ...(mostAWeek !== undefined && { mostAWeek }) };
  return {
    times: timesIn(new Map([...ways].map(([way, starts]) => [way, span.instants(starts)]))),
    minutes,
    claimsAt: (startsAt) => claimsFor({ startsAt, minutes, people, limit }, taken),
  };
}

/** Ascending. */
function timesIn(ways: ReadonlyMap<Modality, readonly Date[]>): TimeOnOffer[] {
  const byStart = new Map<number, Modality[]>();
  for (const [way, starts] of ways) {
    for (const start of starts) byStart.set(start.getTime(), [...(byStart.get(start.getTime()) ?? []), way]);
  }
  return [...byStart]
    .sort(([one], [other]) => one - other)
    .map(([start, modalities]) => ({ startsAt: new Date(start), modalities }));
}

/** What the pages offer: meetings of so many minutes. */
export interface TimesOnOffer {
  readonly minutes: number;
  /** In which the two can meet at one time or another. */
  readonly modalities: readonly Modality[];
  readonly times: readonly TimeOnOffer[];
}

/** The nearest times for which there is room. */
export async function findTimesOnOffer(ports: Ports, planning: Planning): Promise<TimesOnOffer> {
  const pair = await readPair(ports, planning);
  if (!pair) return { minutes: usualMeetings.minutes, modalities: [], times: [] };
  const free = pair.times.filter(({ startsAt }) => pair.claimsAt(startsAt) !== undefined);
  const near = free.filter(({ startsAt }) => startsAt.getTime() < ports.clock.now().getTime() + nearDays * dayMs);
  const times = free.slice(0, Math.max(near.length, fewest));
  const all = new Set(times.flatMap(({ modalities }) => modalities));
  return { minutes: pair.minutes, modalities: modalities.filter((way) => all.has(way)), times };
}

/**
 * What a meeting at one of the common times claims.
 * @throws MentoringError slot_not_common unless both are free then, talk in this way, have nothing else planned, and the mentor
 * no more meetings that week than they want
 */
export async function roomFor(
  ports: Ports,
  planning: Planning,
  { startsAt, modality }: MeetingTime,
): Promise<MeetingRoom> {
  const pair = await readPair(ports, planning);
  const time = pair?.times.find((one) => one.startsAt.getTime() === startsAt.getTime());
  if (!pair || !time?.modalities.includes(modality)) throw new MentoringError('slot_not_common');
  // In the same words as an absence: what else the other person has planned is theirs.
  const claims = pair.claimsAt(startsAt);
  if (!claims) throw new MentoringError('slot_not_common');
  return { minutes: pair.minutes, claims };
}
