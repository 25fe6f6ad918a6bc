// The worked example of docs/matching.md: five mentees and three mentors, small enough to follow by hand.
import { defaultMatchRules } from '../../../service/domain/matching/index.ts';
import type { MatchInput, MatchMentee, MatchMentor, MatchPerson } from '../../../service/domain/matching/index.ts';
import { oneWeek } from './programmes.ts';

const [monday, tuesday, thursday] = [0, 1, 3];

/** Half-hours of one day from one hour to another. */
function hours(day: number, from: number, to: number): number[] {
  return Array.from({ length: 2 * (to - from) }, (_, at) => 48 * day + 2 * from + at);
}

type Said = Pick<MatchPerson, 'languages' | 'topics' | 'starts'>;

function person(name: string, said: Said): MatchPerson {
  const ties = { self: [name], supervisors: [], avoid: [] };
  const shared = { labId: 'etis', formats: ['six_months'], modalities: ['video'] } as const;
  return { personId: name, ties, keptForConversation: false, anyTime: false, ...shared, ...said };
}

function mentee(name: string, cameOn: string, said: Said): MatchMentee {
  const request = { id: name, waitingSince: Date.parse(cameOn), priority: 0, labPreference: 'any' } as const;
  return { ...person(name, said), ...request };
}

function mentor(name: string, places: number, said: Said): MatchMentor {
  return { ...person(name, said), places, usedPlaces: 0 };
}

export const example: MatchInput = {
  mentees: [
    mentee('Amal', '2026-01-05', {
      languages: ['fr', 'en'],
      topics: ['conflict', 'career_project'],
      starts: oneWeek([...hours(monday, 9, 13), ...hours(tuesday, 9, 12)]),
    }),
    mentee('Bruno', '2026-01-12', {
      languages: ['fr'],
      topics: ['work_environment', 'career_project'],
      starts: oneWeek([...hours(monday, 9, 13), ...hours(tuesday, 12, 13)]),
    }),
    mentee('Chloé', '2026-01-19', {
      languages: ['fr'],
      topics: ['work_life_balance'],
      starts: oneWeek(hours(thursday, 14, 18)),
    }),
    mentee('Diego', '2026-01-26', {
      languages: ['fr'],
      topics: ['conflict'],
      starts: oneWeek(hours(monday, 10, 12)),
    }),
    mentee('Elsa', '2026-02-02', {
      languages: ['en'],
      topics: ['self_confidence', 'career_project'],
      starts: oneWeek([...hours(tuesday, 9, 13), ...hours(thursday, 14, 16)]),
    }),
  ],
  mentors: [
    mentor('Mira', 1, {
      languages: ['fr'],
      topics: ['career_project', 'conflict'],
      starts: oneWeek(hours(monday, 9, 13)),
    }),
    mentor('Noé', 1, {
      languages: ['en', 'fr'],
      topics: ['career_project', 'self_confidence'],
      starts: oneWeek([...hours(tuesday, 9, 13), ...hours(thursday, 14, 16)]),
    }),
    mentor('Olga', 3, {
      languages: ['en', 'fr'],
      topics: ['self_confidence', 'work_life_balance'],
      starts: oneWeek(hours(thursday, 14, 18)),
    }),
  ],
  proposedBefore: [],
  rules: defaultMatchRules,
};
