import { weeklySlots } from '../domain/availability.ts';
import type { DescribedMember, DescribedMentor } from '../domain/common-ground.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchRules } from '../domain/matching/index.ts';
import { freePlaces, isOpenAsMentor, mayBeProposed, type Participant } from '../domain/member.ts';
import type { OpenRequest, Ports } from './ports.ts';
import { todayOf } from './records.ts';

/** What the matching is given, and the records behind it by id. */
export interface MatchLoad {
  readonly input: MatchInput;
  readonly requests: ReadonlyMap<string, OpenRequest>;
  readonly mentees: ReadonlyMap<string, DescribedMember>;
  readonly mentors: ReadonlyMap<string, DescribedMentor>;
}

/** Months during which two persons are not proposed to each other again. */
const pairMarkMonths = 12;

/** Open requests of active members and mentors with a place free, as they are now; read in chunks. */
export async function loadMatchInput(ports: Ports, rules: MatchRules): Promise<MatchLoad> {
  const asking = await readAsking(ports);
  const offering = await readOffering(ports);
  const marks = await ports.pairMarks.among(
    [...asking.mentees.keys()],
    [...offering.mentors.keys()],
    marksSince(ports),
  );
  return {
    input: {
      mentees: asking.input,
      mentors: offering.input,
      proposedBefore: marks.map(([one, other]) => ({ one, other })),
      rules,
    },
    requests: asking.requests,
    mentees: asking.mentees,
    mentors: offering.mentors,
  };
}

async function readAsking(ports: Ports) {
  const requests = new Map<string, OpenRequest>();
  const mentees = new Map<string, DescribedMember>();
  const input: MatchMentee[] = [];
  for await (const chunk of ports.requests.readOpen()) {
    const members = await ports.members.listParticipants(chunk.map(({ memberId }) => memberId));
    const able = members.filter(isDescribed).filter(mayBeProposed);
    for (const member of able) mentees.set(member.id, member);
    for (const request of chunk) {
      const member = mentees.get(request.memberId);
      if (!member) continue;
      requests.set(request.id, request);
      input.push(menteeOf(request, member));
    }
  }
  return { requests, mentees, input };
}

async function readOffering(ports: Ports) {
  const mentors = new Map<string, DescribedMentor>();
  const input: MatchMentor[] = [];
  for await (const chunk of ports.members.readMentors()) {
    for (const mentor of chunk.filter(isDescribed).filter(isOffering)) {
      const [asMentor] = mentorOf(mentor, todayOf(ports, mentor));
      if (!asMentor || asMentor.paused) continue;
      mentors.set(mentor.id, mentor);
      input.push(asMentor);
    }
  }
  return { mentors, input };
}

export function isDescribed(member: Participant): member is DescribedMember {
  return member.profile !== undefined;
}

export function isOffering(member: DescribedMember): member is DescribedMentor {
  return member.offer !== undefined;
}

export function marksSince(ports: Ports): Date {
  const since = ports.clock.now();
  return new Date(new Date(since).setUTCMonth(since.getUTCMonth() - pairMarkMonths));
}

function personOf({
  id,
  labId,
  ties,
  profile,
}: DescribedMember): Pick<
  MatchMentor,
  'personId' | 'labId' | 'ties' | 'languages' | 'modalities' | 'slots' | 'anyTime'
> {
  const { languages, modalities, availability } = profile;
  return {
    personId: id,
    labId,
    ties,
    languages,
    modalities,
    slots: weeklySlots(availability),
    anyTime: availability.anyTime,
  };
}

export function menteeOf(request: OpenRequest, member: DescribedMember): MatchMentee {
  const { topics, keptForConversation, format, labPreference } = request.wishes;
  return {
    id: request.id,
    ...personOf(member),
    ...{ topics, keptForConversation, labPreference },
    formats: [format],
    waitingSince: request.openedAt.getTime(),
    priority: request.lapses,
  };
}

/** A mentor as the matching sees them, on a local date; nothing for somebody who does not offer. */
export function mentorOf(member: Participant, today: string): MatchMentor[] {
  if (!isDescribed(member) || !isOffering(member)) return [];
  const { topics, keptForConversation, formats } = member.offer;
  return [
    {
      ...personOf(member),
      ...{ topics, keptForConversation, formats },
      places: freePlaces(member),
      usedPlaces: member.held.length,
      ...(!isOpenAsMentor(member, today) && { paused: true }),
    },
  ];
}
