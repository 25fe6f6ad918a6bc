// The invented people of the five intranets: always the same ones, under addresses that cannot exist (.example).
import { inventedPerson } from './invented-names.ts';
import { careerStages, type CareerStage, type LabId, type Locale } from '../domain/terms.ts';

export const demoLabIds = ['etis', 'liris', 'lix', 'stms', 'isir'] as const;

export const demoGroups = ['newcomers', 'mentees', 'mentors', 'both', 'coordination'] as const;
export type DemoGroup = (typeof demoGroups)[number];

export interface DemoPerson {
  readonly labId: LabId;
  /** The intranet's own name for the person; sent as `sub`. */
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  readonly careerStage: CareerStage;
  readonly group: DemoGroup;
  /** Position among all people; what is chosen for somebody follows from it. */
  readonly number: number;
  readonly coordinates?: 'lab_coordinator' | 'cross_lab_coordinator';
}

/** Members of one lab whom the seed brings to life, in this order; then those who only exist in the intranet. */
const seeded: readonly DemoGroup[] = [
  ...Array<DemoGroup>(6).fill('mentees'),
  ...Array<DemoGroup>(6).fill('mentors'),
  ...Array<DemoGroup>(4).fill('both'),
];
const others: readonly DemoGroup[] = ['newcomers', 'newcomers', 'coordination'];

function person(number: number, labId: LabId, group: DemoGroup): DemoPerson {
  const { name, email } = inventedPerson(number, labId);
  return {
    labId,
    subject: email.split('@')[0] ?? '',
    name,
    email,
    locale: number % 5 === 3 ? 'en' : 'fr',
    careerStage: careerStages[stageOf(group, number)] ?? 'doctoral',
    group,
    number,
  };
}

function stageOf(group: DemoGroup, number: number): number {
  if (group === 'mentees' || group === 'newcomers') return number % 3;
  return 1 + (number % 5);
}

/** About 80 people who are members already: 16 a lab. */
export const seededPeople: readonly DemoPerson[] = demoLabIds.flatMap((labId, lab) =>
  seeded.map((group, index) => person(lab * seeded.length + index, labId, group)),
);

/** People of the intranets who are no members yet, and coordinators. */
export const otherPeople: readonly DemoPerson[] = demoLabIds.flatMap((labId, lab) =>
  others.map((group, index) => {
    const base = person(seededPeople.length + lab * others.length + index, labId, group);
    return group === 'coordination' ? { ...base, coordinates: 'lab_coordinator' as const } : base;
  }),
);

export const crossLabCoordinator: DemoPerson = {
  ...person(seededPeople.length + otherPeople.length, 'etis', 'coordination'),
  coordinates: 'cross_lab_coordinator',
};

export const demoPeople: readonly DemoPerson[] = [...seededPeople, ...otherPeople, crossLabCoordinator];
