import { attendeeOf, type DescribedMember, type DescribedMentor } from '../domain/common-ground.ts';
import { spanAfterAnswers, type Span } from '../domain/free-time.ts';
import { waysAmong, type Attendee, type MeetingKind } from '../domain/meeting-kinds.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchPerson, MatchRules } from '../domain/matching/index.ts';
import { lapseStep } from '../domain/proposal.ts';
import { halfHoursOf } from '../domain/meeting.ts';
import { freePlaces, isOpenAsMentor, mayBeProposed, type Participant } from '../domain/member.ts';
import { meetingsOf } from '../domain/mentor-offer.ts';
import type { OpenRequest, Ports } from './ports.ts';
import { getLab, todayOf } from './records.ts';

/** The weeks in which two people must have an hour in common who are proposed to each other now. */
export function matchingSpan({ clock, rules }: Pick<Ports, 'clock' | 'rules'>): Span {
  const lapse = rules.steps.proposal.find(({ step }) => step === lapseStep);
  return spanAfterAnswers(clock.now(), lapse?.afterDays ?? 0);
}

/** What the matching is given, and the records behind it by id. */
export interface MatchLoad {
  readonly input: MatchInput;
  readonly requests: ReadonlyMap<string, OpenRequest>;
  readonly mentees: ReadonlyMap<string, DescribedMember>;
  readonly mentors: ReadonlyMap<string, DescribedMentor>;
  /** The days in which two people must have an hour in common. */
  readonly span: Span;
}

/** Months during which two persons are not proposed to each other again. */
const pairMarkMonths = 12;

/** Open requests of active members and mentors with a place free, as they are now; read in chunks. */
export async function loadMatchInput(ports: Ports, rules: MatchRules): Promise<MatchLoad> {
  const span = matchingSpan(ports);
  const { requests, mentees } = await readAsking(ports);
  const mentors = await readOffering(ports);
  const hours = hoursAmong(ports, { mentees: [...mentees.values()], mentors: [...mentors.values()], span });
  const marks = await ports.pairMarks.among([...mentees.keys()], [...mentors.keys()], marksSince(ports));
  return {
    input: {
      mentees: [...requests.values()].map((request) => {
        const member = mentees.get(request.memberId) as DescribedMember;
        return menteeOf(request, member, hours.asking(member));
      }),
      mentors: [...mentors.values()].map((mentor) => mentorOf(mentor, hours.offering(mentor))),
      proposedBefore: marks.map(([one, other]) => ({ one, other })),
      rules,
    },
    requests,
    mentees,
    mentors,
    span,
  };
}

async function readAsking(ports: Ports) {
  const requests = new Map<string, OpenRequest>();
  const mentees = new Map<string, DescribedMember>();
  for await (const chunk of ports.requests.readOpen()) {
    const members = await ports.members.listParticipants(chunk.map(({ memberId }) => memberId));
    const able = members.filter(isDescribed).filter(mayBeProposed).filter(isOfLab(ports));
    for (const member of able) mentees.set(member.id, member);
    for (const request of chunk) if (mentees.has(request.memberId)) requests.set(request.id, request);
  }
  return { requests, mentees };
}

async function readOffering(ports: Ports): Promise<Map<string, DescribedMentor>> {
  const mentors = new Map<string, DescribedMentor>();
  for await (const chunk of ports.members.readMentors()) {
    for (const mentor of chunk.filter(isDescribed).filter(isOffering).filter(isOfLab(ports))) {
      if (isOpenAsMentor(mentor, todayOf(ports, mentor))) mentors.set(mentor.id, mentor);
    }
  }
  return mentors;
}

/** Nobody can be proposed whose lab the configuration does not know any more; the others are, all the same. */
export function isOfLab({ rules }: Pick<Ports, 'rules'>): (member: Participant) => boolean {
  return ({ labId }) => rules.labs.has(labId);
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

type Hours = Pick<MatchPerson, 'starts' | 'anyTime'>;
type OfBoth = Hours & Pick<MatchPerson, 'personId' | 'labId' | 'ties' | 'languages' | 'modalities'>;

/** Everybody's weeks, in the ways to meet that make a difference among them: meetings are as long as the mentor wants. */
function hoursAmong(
  ports: Ports,
  {
    mentees,
    mentors,
    span,
  }: {
    readonly mentees: readonly DescribedMember[];
    readonly mentors: readonly DescribedMentor[];
    readonly span: Span;
  },
) {
  const attending = (member: DescribedMember): Attendee =>
    attendeeOf({ member, calendar: getLab(ports, member.labId).calendar });
  const lengthOf = ({ offer }: DescribedMentor): number => halfHoursOf(meetingsOf(offer).minutes);
  const ways = waysAmong([...mentees, ...mentors].map(attending), mentors.map(lengthOf));
  const hoursIn = (member: DescribedMember, own: readonly (MeetingKind | undefined)[]): Hours => ({
    starts: span.weeks(attending(member), own),
    anyTime: member.profile.availability.anyTime,
  });
  return {
    asking: (member: DescribedMember): Hours => hoursIn(member, ways),
    offering: (mentor: DescribedMentor): Hours => {
      const own = lengthOf(mentor);
      return hoursIn(
        mentor,
        ways.map((way) => (way.halfHours === own ? way : undefined)),
      );
    },
  };
}

function personOf({ id, labId, ties, profile: { languages, modalities } }: DescribedMember, hours: Hours): OfBoth {
  return { personId: id, labId, ties, languages, modalities, ...hours };
}

function menteeOf(request: OpenRequest, member: DescribedMember, hours: Hours): MatchMentee {
  const { topics, keptForConversation, format, labPreference } = request.wishes;
  return {
    id: request.id,
    ...personOf(member, hours),
    ...{ topics, keptForConversation, labPreference },
    formats: [format],
    waitingSince: request.openedAt.getTime(),
    priority: request.lapses,
  };
}

function mentorOf(member: DescribedMentor, hours: Hours): MatchMentor {
  const { topics, keptForConversation, formats } = member.offer;
  return {
    ...personOf(member, hours),
    ...{ topics, keptForConversation, formats },
    places: freePlaces(member),
    usedPlaces: member.held.length,
  };
}
