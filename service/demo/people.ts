// The invented people of the five intranets: always the same ones, under addresses that cannot exist (.example).
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

const firstNames = [
  ...['Amina', 'Bastien', 'Clara', 'Driss', 'Élise', 'Farid', 'Gaëlle', 'Hugo', 'Inès', 'Jonas', 'Keiko', 'Lucas'],
  ...['Maïwenn', 'Nadir', 'Océane', 'Pablo', 'Quitterie', 'Rachid', 'Salomé', 'Théo', 'Ursula', 'Valentin', 'Wassila'],
  ...[
    'Xavier',
    'Yasmine',
    'Zoé',
    'Adrien',
    'Blanche',
    'Cyril',
    'Daphné',
    'Émile',
    'Fanny',
    'Gaspard',
    'Hana',
    'Ismaël',
  ],
  ...['Jeanne', 'Karim', 'Lina', 'Mathis', 'Noémie', 'Oscar', 'Paola', 'Raphaël', 'Sofia', 'Tarek', 'Violette', 'Yann'],
];
const lastNames = [
  ...[
    'Abeille',
    'Bruyère',
    'Chardon',
    'Delorme',
    'Églantier',
    'Fougère',
    'Genêt',
    'Houx',
    'Iris',
    'Jonquille',
    'Kermès',
  ],
  ...[
    'Laurier',
    'Mélilot',
    'Noisetier',
    'Olivier',
    'Peuplier',
    'Quintefeuille',
    'Romarin',
    'Sureau',
    'Tilleul',
    'Ulmaire',
  ],
  ...['Verveine', 'Wistaria', 'Xanthe', 'Ysope', 'Zinnia', 'Aubépine', 'Bouleau', 'Cormier', 'Dauphinelle', 'Érable'],
];

/** Members of one lab whom the seed brings to life, in this order; then those who only exist in the intranet. */
const seeded: readonly DemoGroup[] = [
  ...Array<DemoGroup>(6).fill('mentees'),
  ...Array<DemoGroup>(6).fill('mentors'),
  ...Array<DemoGroup>(4).fill('both'),
];
const others: readonly DemoGroup[] = ['newcomers', 'newcomers', 'coordination'];

const slug = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function person(number: number, labId: LabId, group: DemoGroup): DemoPerson {
  // 47 first names and 31 last names share no factor, so 1,457 people have names of their own.
  const [first = '', last = ''] = [firstNames[number % firstNames.length], lastNames[number % lastNames.length]];
  const subject = `${slug(first)}.${slug(last)}`;
  return {
    labId,
    subject,
    name: `${first} ${last}`,
    email: `${subject}@${labId}.example`,
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
