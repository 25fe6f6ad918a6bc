import type { DescribedMember, DescribedMentor } from '../domain/common-ground.ts';
import { spanAfterAnswers, type Span } from '../domain/free-time.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchPerson, MatchRules } from '../domain/matching/index.ts';
import { lapseStep } from '../domain/proposal.ts';
import { freePlaces, isOpenAsMentor, mayBeProposed, type Participant } from '../domain/member.ts';
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
  const asking = await readAsking(ports, span);
  const offering = await readOffering(ports, span);
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
    span,
  };
}

async function readAsking(ports: Ports, span: Span) {
  const requests = new Map<string, OpenRequest>();
  const mentees = new Map<string, DescribedMember>();
  const input: MatchMentee[] = [];
  for await (const chunk of ports.requests.readOpen()) {
    const members = await ports.members.listParticipants(chunk.map(({ memberId }) => memberId));
    const able = members.filter(isDescribed).filter(mayBeProposed).filter(isOfLab(ports));
    for (const member of able) mentees.set(member.id, member);
    for (const request of chunk) {
      const member = mentees.get(request.memberId);
      if (!member) continue;
      requests.set(request.id, request);
      input.push(menteeOf(request, member, hoursOf(ports, member, span)));
    }
  }
  return { requests, mentees, input };
}

async function readOffering(ports: Ports, span: Span) {
  const mentors = new Map<string, DescribedMentor>();
  const input: MatchMentor[] = [];
  for await (const chunk of ports.members.readMentors()) {
    for (const mentor of chunk.filter(isDescribed).filter(isOffering).filter(isOfLab(ports))) {
      if (!isOpenAsMentor(mentor, todayOf(ports, mentor))) continue;
      mentors.set(mentor.id, mentor);
      input.push(mentorOf(mentor, hoursOf(ports, mentor, span)));
    }
  }
  return { mentors, input };
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

function hoursOf(ports: Ports, { labId, profile: { availability } }: DescribedMember, span: Span): Hours {
  const { calendar } = getLab(ports, labId);
  return { starts: span.weeks(span.hourStarts({ availability, calendar })), anyTime: availability.anyTime };
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
