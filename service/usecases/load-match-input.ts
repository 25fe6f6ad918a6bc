import { weeklySlots } from '../domain/availability.ts';
import { toLocal } from '../domain/calendar.ts';
import { isCurrent } from '../domain/charter.ts';
import type { DescribedMember, DescribedMentor } from '../domain/common-ground.ts';
import type { MatchInput, MatchMentee, MatchMentor } from '../domain/matching/index.ts';
import { freePlaces, isOpenAsMentor, type Member } from '../domain/member.ts';
import type { MentoringRequest } from '../domain/mentoring-request.ts';
import type { Ports } from './ports.ts';
import { getLab } from './records.ts';

/** What the matching is given, and the records behind it by id. */
export interface MatchLoad {
  readonly input: MatchInput;
  readonly requests: ReadonlyMap<string, MentoringRequest>;
  readonly mentees: ReadonlyMap<string, DescribedMember>;
  readonly mentors: ReadonlyMap<string, DescribedMentor>;
}

/** Months during which two persons are not proposed to each other again. */
const pairMarkMonths = 12;

/** Open requests of active members and mentors with a place free, as they are now. */
export async function loadMatchInput(ports: Ports): Promise<MatchLoad> {
  const [open, offering] = await Promise.all([ports.requests.listOpen(), ports.members.listMentorsWithPlaces()]);
  const askers = await ports.members.findMany(open.map(({ memberId }) => memberId));
  const mentees = byId(
    askers.filter(isDescribed).filter(({ status, charter }) => status === 'active' && isCurrent(charter)),
  );
  const mentors = byId(
    offering
      .filter(isDescribed)
      .filter(isOffering)
      .filter((member) => isAvailable(ports, member)),
  );
  const requests = open.filter(({ memberId }) => mentees.has(memberId));
  const marks = await ports.pairMarks.among([...mentees.keys()], [...mentors.keys()], monthsBefore(ports.clock.now()));
  return {
    input: {
      mentees: requests.flatMap((request) => menteeOf(request, mentees.get(request.memberId))),
      mentors: [...mentors.values()].map(mentorOf),
      proposedBefore: marks.map(([one, other]) => ({ one, other })),
      rules: ports.rules.match,
    },
    requests: byId(requests),
    mentees,
    mentors,
  };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function isDescribed(member: Member): member is DescribedMember {
  return member.profile !== undefined;
}

function isOffering(member: DescribedMember): member is DescribedMentor {
  return member.offer !== undefined;
}

function isAvailable(ports: Ports, mentor: Member): boolean {
  return isOpenAsMentor(mentor, toLocal(ports.clock.now(), getLab(ports, mentor.labId).calendar.zone).date);
}

function monthsBefore(now: Date): Date {
  const since = new Date(now);
  since.setUTCMonth(since.getUTCMonth() - pairMarkMonths);
  return since;
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

function menteeOf(request: MentoringRequest, member: DescribedMember | undefined): MatchMentee[] {
  if (!member) return [];
  const { topics, keptForConversation, format, labPreference } = request.wishes;
  return [
    {
      id: request.id,
      ...personOf(member),
      ...{ topics, keptForConversation, labPreference },
      formats: [format],
      waitingSince: request.openedAt.getTime(),
      priority: request.lapses,
    },
  ];
}

function mentorOf(member: DescribedMentor): MatchMentor {
  const { topics, keptForConversation, formats } = member.offer;
  return {
    ...personOf(member),
    ...{ topics, keptForConversation, formats },
    places: freePlaces(member),
    usedPlaces: member.held.length,
  };
}
