// How a search may turn out, told without a way to ask about anybody: one small table of all mentors, made at night, the
// same for everyone who looks at it. It knows no ties, no avoid lists and no pairs, and has no cell for two wishes at once:
// whoever asks ten thousand times learns what they could have read in the table. It has no cell for a lab either: beside a
// list of a lab's addresses, that would say which of them are more likely enrolled.
import type { DescribedMentor } from './common-ground.ts';
import type { MatchRules } from './matching/index.ts';
import type { Profile } from './member.ts';
import type { Wishes } from './mentoring-request.ts';

/** From the worst to the best. hardly_any: nobody, or so few that it must not be told which. */
export const outlooks = ['hardly_any', 'few', 'several'] as const;
export type Outlook = (typeof outlooks)[number];

/** What somebody wishes or says of themselves, and can change. */
export type WishKind = 'topic' | 'format' | 'lab' | 'language' | 'modality' | 'availability';

/** on: local date of the night, YYYY-MM-DD. cells: by their names, see below; one that is missing is hardly_any. */
export interface OutlookTable {
  readonly on: string;
  readonly cells: Readonly<Record<string, Outlook>>;
}

/** The cell that everybody is in. */
const everybody = 'mentors';

/** A mentor more or less must not be told: phantoms are added to each cell, and its class begins at these counts. */
const classBegins: Record<Exclude<Outlook, 'hardly_any'>, number> = { few: 5, several: 15 };
/** A cell has 0 to 4 phantoms. */
export const phantomSides = classBegins.few;

/** halfDays: those in which the mentor has a full hour, on the programme's clock. The cells in which one is counted, each once. */
export function cellsOf({ profile, offer }: Pick<DescribedMentor, 'profile' | 'offer'>, halfDays: readonly string[]) {
  return new Set([
    everybody,
    ...offer.topics.map((topic) => `topic ${topic}`),
    ...offer.formats.map((format) => `format ${format}`),
    ...profile.languages.map((language) => `language ${language}`),
    ...profile.modalities.map((modality) => `modality ${modality}`),
    ...halfDays.map((half) => `availability ${half}`),
  ]);
}

/** phantoms: 0 to 4 for the name of a cell, the same all year, known to nobody. */
export function makeOutlook(
  on: string,
  counts: ReadonlyMap<string, number>,
  phantoms: (cell: string) => number,
): OutlookTable {
  const classOf = (count: number): Outlook =>
    outlooks.findLast((one) => one === 'hardly_any' || count >= classBegins[one]) ?? 'hardly_any';
  const cells = [...counts].map(([cell, count]) => [cell, classOf(count + phantoms(cell))] as const);
  return { on, cells: Object.fromEntries(cells.filter(([, one]) => one !== 'hardly_any')) };
}

export interface OutlookOf {
  readonly outlook: Outlook;
  /** The wishes that hardly any mentor meets where several are there; the choice of lab whenever it leaves some out. */
  readonly limits: readonly WishKind[];
  readonly on: string;
  /** The programme itself has hardly any mentor: no wish is to blame. */
  readonly isSmall: boolean;
}

/** Each wish by itself, the best of what it leaves open; the request as its rarest wish. */
export function outlookOf(table: OutlookTable, { conditions, ...asked }: Asked): OutlookOf {
  const rankOf = (cell: string): number => outlooks.indexOf(table.cells[cell] ?? 'hardly_any');
  const all = rankOf(everybody);
  const ranked = counted
    .filter((kind) => conditions[kind])
    // Phantoms may lift one cell above the whole.
    .map((kind) => ({ kind, rank: Math.min(all, Math.max(0, ...cellsAskedFor[kind](asked).map(rankOf))) }))
    .sort((one, other) => one.rank - other.rank);
  const leavesLabsOut =
    conditions.lab && (asked.wishes.labPreference === 'same_only' || asked.wishes.labPreference === 'other_only');
  return {
    outlook: outlooks[ranked[0]?.rank ?? all] ?? 'hardly_any',
    limits: [
      // Two classes apart: one may be the phantoms' doing.
      ...ranked.filter(({ rank }) => rank <= all - 2).map(({ kind }) => kind),
      ...(leavesLabsOut ? (['lab'] as const) : []),
    ],
    on: table.on,
    isSmall: all === 0,
  };
}

export interface Asked {
  readonly wishes: Wishes;
  readonly profile: Pick<Profile, 'languages' | 'modalities'>;
  /** In which the person has a full hour, on the programme's clock. */
  readonly halfDays: readonly string[];
  /** Which of the rules are in force: a wish that is no condition limits nothing. */
  readonly conditions: MatchRules['conditions'];
}

const counted = ['topic', 'format', 'language', 'modality', 'availability'] as const satisfies readonly WishKind[];

const cellsAskedFor: Record<(typeof counted)[number], (asked: Omit<Asked, 'conditions'>) => string[]> = {
  topic: ({ wishes: { topics, keptForConversation } }) =>
    keptForConversation ? [everybody] : topics.map((topic) => `topic ${topic}`),
  format: ({ wishes: { format } }) => [`format ${format}`],
  language: ({ profile: { languages } }) => languages.map((language) => `language ${language}`),
  modality: ({ profile: { modalities } }) => modalities.map((modality) => `modality ${modality}`),
  availability: ({ halfDays }) => halfDays.map((half) => `availability ${half}`),
};
