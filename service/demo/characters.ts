// What each invented person says of themselves, and how they behave: everything follows from their number.
import type { Availability, WeeklyWindow } from '../domain/availability.ts';
import type { Profile } from '../domain/member.ts';
import type { MentorOffer } from '../domain/mentor-offer.ts';
import type { Wishes } from '../domain/mentoring-request.ts';
import { formats, type DialogueFormat, type LabPreference, type Language } from '../domain/terms.ts';
import { topics, type Topic } from '../domain/topic.ts';
import { availabilityOf, offerOf, profileOf, requestOf } from './factories.ts';
import type { DemoPerson } from './people.ts';

/** `count` different entries, chosen by the number. */
function pick<T>(from: readonly T[], number: number, count: number): T[] {
  return Array.from({ length: count }, (_, index) => from[(number * 3 + index * 5) % from.length]).filter(
    (one): one is T => one !== undefined,
  );
}

const spoken: readonly (readonly Language[])[] = [
  ['fr', 'en'],
  ['fr'],
  ['fr', 'en', 'es'],
  ['en', 'fr'],
  ['fr', 'en', 'ar'],
];

const mornings: WeeklyWindow = { weekday: 2, from: 9 * 60, to: 12 * 60 };
const weeks: readonly (readonly WeeklyWindow[])[] = [
  [mornings, { weekday: 4, from: 14 * 60, to: 17 * 60 }],
  [mornings, { weekday: 5, from: 9 * 60, to: 11 * 60 }],
  [
    { weekday: 1, from: 12 * 60, to: 14 * 60 },
    { weekday: 4, from: 13 * 60 + 30, to: 18 * 60 },
  ],
  [{ weekday: 3, from: 10 * 60, to: 16 * 60 }, mornings],
];

function weekOf(number: number): Availability {
  return number % 6 === 5
    ? availabilityOf({ anyTime: true, windows: [] })
    : availabilityOf({ windows: weeks[number % 4] ?? [] });
}

export function profileFor({ number, careerStage }: DemoPerson): Profile {
  return profileOf({
    careerStage,
    // Nobody offers Chinese yet: two or three people wait, as in life.
    languages: number % 29 === 3 ? ['zh'] : (spoken[number % spoken.length] ?? ['fr']),
    modalities: number % 4 === 1 ? ['video', 'phone'] : ['video', 'in_person'],
    availability: weekOf(number),
  });
}

export function offerFor({ number }: DemoPerson): MentorOffer {
  return offerOf({
    topics: pick<Topic>(topics, number, 4 + (number % 3)),
    keptForConversation: number % 3 !== 1,
    formats: number % 5 === 2 ? ['one_off'] : [...formats],
    capacity: 1 + (number % 3),
  });
}

const preferences: readonly LabPreference[] = ['any', 'other_preferred', 'any', 'same_preferred', 'other_only'];

export function wishesFor({ number }: DemoPerson): Wishes {
  return requestOf({
    wishes: {
      topics: pick<Topic>(topics, number + 1, 1 + (number % 3)),
      keptForConversation: number % 4 === 0,
      format: (formats[number % formats.length] satisfies DialogueFormat | undefined) ?? 'six_months',
      labPreference: preferences[number % preferences.length] ?? 'any',
    },
  }).wishes;
}

/** Three teams a lab; a mentee's supervisor is one of the lab's mentors. */
export function tiesFor(
  { number, labId, group }: DemoPerson,
  people: readonly DemoPerson[],
): { team: string; supervisors: string[]; avoid: string[]; replace: boolean } {
  const seniors = people.filter((one) => one.labId === labId && one.group === 'mentors');
  const supervisor = group === 'mentees' ? seniors[number % seniors.length]?.email : undefined;
  return {
    team: `${labId} team ${number % 4}`,
    supervisors: supervisor === undefined ? [] : [supervisor],
    avoid: [],
    replace: true,
  };
}

export type Temper = 'eager' | 'slow' | 'declines' | 'silent';

/** Most people answer; some take days, a few decline, a few never find the time. */
export function temperOf({ number }: DemoPerson): Temper {
  if (number % 13 === 6) return 'silent';
  if (number % 11 === 4) return 'declines';
  return number % 3 === 2 ? 'slow' : 'eager';
}
