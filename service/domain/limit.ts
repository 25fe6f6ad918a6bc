// How often the same may be done: one table, with the reason for each number. Nothing here names anybody: whoever is
// counted is a keyed hash in the store, of a day's own key.

/**
 * together: counted for all copies of the service, by one write. by_copy: in each copy's memory, for what is cheap to
 * answer or may cost no write; so many copies let through so many times as much.
 */
export type Counting = 'together' | 'by_copy';

export interface Limit {
  /** Allowed within the time; one more is refused. */
  readonly most: number;
  readonly seconds: number;
  readonly counting: Counting;
}

const minute = 60;
const tenMinutes = 10 * minute;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * By client address and route, for whoever has no session. A university stands behind one address: 2,000 people may open
 * the link within the same minute.
 */
const anonymous = {
  /** The first half of a launch, and what its scripts ask. Costs no write, and may not begin to. */
  entry: { most: 3000, seconds: minute, counting: 'by_copy' },
  /** Launches, logins, registrations that were refused: a signed launch is never among them, however many there are. */
  refused_entry: { most: 600, seconds: tenMinutes, counting: 'together' },
  /** Platforms keep our keys for an hour. */
  keys: { most: 600, seconds: minute, counting: 'by_copy' },
  /** Three files for each of 2,000 first pages, and as much again; browsers keep them for a year. */
  assets: { most: 12_000, seconds: minute, counting: 'by_copy' },
  /** A probe and a scraper ask every few seconds. */
  probes: { most: 600, seconds: minute, counting: 'by_copy' },
  /** An invitation to connect a platform is opened a few times in its life. */
  registration: { most: 60, seconds: tenMinutes, counting: 'together' },
  /** Links to the administrators' pages, and those pages without a session: for whoever guesses. */
  administration: { most: 60, seconds: tenMinutes, counting: 'together' },
  /** Links of surveys: a lab's closings of one morning, not a dictionary. */
  survey: { most: 300, seconds: tenMinutes, counting: 'together' },
  /** A calendar server reads the feeds of many people from one address. */
  calendar: { most: 600, seconds: tenMinutes, counting: 'together' },
  /** Pages without a session: ended ones after a lecture, bookmarks, what does not exist. */
  no_session: { most: 1200, seconds: minute, counting: 'together' },
} as const satisfies Record<string, Limit>;

/** By session, each of which takes a link of its own: one page a second for ten minutes is no reader. */
const bySession = {
  admin_pages: { most: 600, seconds: tenMinutes, counting: 'by_copy' },
} as const satisfies Record<string, Limit>;

/** By person, however many sessions they open; forms also by deed. */
const byPerson = {
  /** One page a second for ten minutes is no reader. What is no page, and a form that is refused, count too. */
  pages: { most: 600, seconds: tenMinutes, counting: 'by_copy' },
  /** Sessions of one person; counted where no write may be added. */
  launch: { most: 240, seconds: 8 * hour, counting: 'by_copy' },
  /** What a form would mean, asked while somebody paints a week: read only, twice a second for five minutes. */
  look: { most: 600, seconds: tenMinutes, counting: 'by_copy' },
  /** Any form that has no line of its own. */
  deed: { most: 60, seconds: hour, counting: 'together' },
  /** Forms after which somebody else gets a letter. */
  letter: { most: 20, seconds: hour, counting: 'together' },
  /** Messages in a case: a conversation, as long as both write. */
  message: { most: 40, seconds: hour, counting: 'together' },
  /** A request opened, reopened or withdrawn; each leaves a record. */
  request: { most: 12, seconds: day, counting: 'together' },
  /** A conversation with coordinators opened; each leaves a record and writes to them. */
  question: { most: 6, seconds: day, counting: 'together' },
  /** Exclusions asked for; each leaves a record that waits for an administrator. */
  exclusion: { most: 10, seconds: day, counting: 'together' },
  /** Times suggested for a meeting; each leaves a record. */
  meeting: { most: 20, seconds: day, counting: 'together' },
  /** Simulations and runs of the matching: seconds of a processor each. */
  matching: { most: 20, seconds: hour, counting: 'together' },
  /** Files with all of one's data, or all figures. */
  export: { most: 30, seconds: hour, counting: 'together' },
  /** Any form of the administrators' pages. */
  admin_deed: { most: 60, seconds: hour, counting: 'together' },
} as const satisfies Record<string, Limit>;

export const limits = { ...anonymous, ...bySession, ...byPerson } as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof limits;
export const limitNames = Object.keys(limits) as LimitName[];

/** Other numbers than the table's, from the programme's file. */
export type LimitSettings = Readonly<Partial<Record<LimitName, number>>>;

export interface Limiter {
  /**
   * Counts one act of whoever `of` names, under the limit's name. Returns the seconds to wait if it is one too many;
   * undefined if it may be done. Never fails: while the store is away, each copy counts for itself.
   */
  spend(name: LimitName, ...of: readonly string[]): Promise<number | undefined>;
  /** How many this copy has refused since it started. */
  refused(): Readonly<Partial<Record<LimitName, number>>>;
  /** Deletes what has expired; returns how many. */
  tidy(): Promise<number>;
}
