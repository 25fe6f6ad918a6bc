// Seven weeks in the life of the programme, lived through its own deeds and sweeps: eighty invented members join, ask, are
// proposed, answer, meet, pause and leave. Because nothing is written past the use cases, all invariants hold.
import { charterVersion } from '../domain/charter.ts';
import type { Member } from '../domain/member.ts';
import { leaveProgramme } from '../usecases/leave-programme.ts';
import { openRequest } from '../usecases/open-request.ts';
import { pauseMentoring } from '../usecases/pause-mentoring.ts';
import type { Ports } from '../usecases/ports.ts';
import { saveMentoring } from '../usecases/save-mentoring.ts';
import { saveProfile } from '../usecases/save-profile.ts';
import { signCharter } from '../usecases/sign-charter.ts';
import { withdrawRequest } from '../usecases/withdraw-request.ts';
import { offerFor, profileFor, tiesFor, wishesFor } from './characters.ts';
import { liveADay } from './daily-life.ts';
import { restartSequences } from './factories.ts';
import { seededPeople, type DemoPerson } from './people.ts';
import { travelTo, type World } from './travel.ts';

export interface SeedParts {
  readonly ports: Ports;
  readonly world: World;
  /** The key by which a launch of this person will be known. */
  readonly personKeyOf: (person: DemoPerson) => string;
  readonly onProgress?: (day: number, of: number) => void;
}

export interface SeededMember {
  readonly person: DemoPerson;
  readonly memberId: string;
}

const days = 49;
const dayMs = 86_400_000;
/** Days on which people join: most at the start, so that the first figures can be shown; the last ones still wait. */
const joinDays = [0, 0, 0, 0, 14, 14, 30, 44, 48] as const;
/** Drafts are deleted after thirty days, so these come late. */
const draftDay = 42;

/** Ends at the present of real time, where the demonstration begins. */
export async function seed(parts: SeedParts): Promise<readonly SeededMember[]> {
  const { world, onProgress } = parts;
  restartSequences();
  const end = realNow(world);
  const members: SeededMember[] = [];
  for (let day = 0; day < days; day += 1) {
    const today = new Date(end.getTime() - (days - day) * dayMs);
    if (day === 0) await world.clock.moveTo(today);
    else await travelTo(world, today);
    for (const person of seededPeople.filter((one) => joinDay(one) === day)) {
      members.push({ person, memberId: (await join(parts, person)).id });
    }
    await liveADay(parts.ports, members, { day, days });
    await partings(parts.ports, members, day);
    onProgress?.(day + 1, days);
  }
  await travelTo(world, realNow(world));
  await world.clock.moveTo(realNow(world));
  return members;
}

function realNow({ clock }: World): Date {
  return new Date(clock.now().getTime() - clock.offsetMs());
}

function joinDay(person: DemoPerson): number {
  return isDraft(person) ? draftDay : (joinDays[person.number % joinDays.length] ?? 0);
}

/** Every sixteenth or so only signs, and leaves the form for later. */
const isDraft = ({ number }: DemoPerson): boolean => number % 17 === 8 || number % 17 === 16;

async function join({ ports, personKeyOf }: SeedParts, person: DemoPerson): Promise<Member> {
  const { name, email, labId, locale, group } = person;
  const member = await signCharter(ports, {
    ...{ personKey: personKeyOf(person), labId, locale, name, email },
    version: charterVersion,
    platformEmailHash: ports.hasher.email(email),
  });
  if (isDraft(person)) return member;
  const memberId = member.id;
  await saveProfile(ports, { memberId, name, email, profile: profileFor(person), ties: tiesFor(person, seededPeople) });
  if (group !== 'mentees') await saveMentoring(ports, { memberId, form: { offer: offerFor(person) } });
  if (group !== 'mentors') await openRequest(ports, { memberId, wishes: wishesFor(person) });
  return member;
}

/** Late in the story a mentor pauses, a mentee withdraws, somebody leaves. */
async function partings(ports: Ports, members: readonly SeededMember[], day: number): Promise<void> {
  const nth = (group: DemoPerson['group'], index: number): string | undefined =>
    members.filter(({ person }) => person.group === group && !isDraft(person))[index]?.memberId;
  const [resting, undecided, leaving] = [nth('mentors', 5), nth('mentees', 9), nth('both', 3)];
  if (day === 38 && resting) {
    const until = new Date(ports.clock.now().getTime() + 40 * dayMs).toISOString().slice(0, 10);
    await pauseMentoring(ports, { memberId: resting, until });
  }
  if (day === 40 && undecided && (await ports.requests.findLive(undecided))?.status === 'open') {
    await withdrawRequest(ports, { memberId: undecided });
  }
  if (day === 44 && leaving) await leaveProgramme(ports, { memberId: leaving });
}
