// What everybody says as columns of whole numbers, one for each matter. Bits, points, reasons and the fingerprint all
// work on these columns, so that no record is looked at twice.
import type { Speeches } from './said.ts';
import type { Weeks } from './weeks.ts';

/** The columns of both sides, of the mentees, and of the mentors: what a run looks at, beside ties. */
const sharedColumns = ['lab', 'team', 'speech', 'week', 'manner', 'topics'] as const;
export const menteeColumns = [...sharedColumns, 'wishes', 'moreWishes', 'way', 'preference'] as const;
export const mentorColumns = [...sharedColumns, 'places', 'usedPlaces'] as const;
export const realColumns = ['waitingSince', 'priority'] as const;

/** Room for columns: one buffer for all of them, since the engine takes its time for each. */
class Room {
  readonly #count: number;
  readonly #buffer: ArrayBuffer;
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
    this.#buffer = new ArrayBuffer(mostColumns * columnBytes(count));
  }

  whole(): Int32Array {
    return new Int32Array(this.#buffer, this.#take(columnBytes(this.#count)), this.#count);
  }

  real(): Float64Array {
    return new Float64Array(this.#buffer, this.#take(2 * columnBytes(this.#count)), this.#count);
  }

  #take(bytes: number): number {
    this.#taken += bytes;
    return this.#taken - bytes;
  }
}

/** Whole numbers of a column, up to what a real number may begin at. */
const columnBytes = (count: number): number => 8 * Math.ceil(count / 2);
const mostColumns = 16;

/** One entry per person in each column, in the order of a list. */
class PeopleSaid {
  readonly count: number;
  protected readonly room: Room;
  /** Numbers of the lab and of the team; of those without a team, and of what no mentor has, -1. */
  readonly lab: Int32Array;
  readonly team: Int32Array;
  /** Number of the languages in their order among the speeches, and of the week among the weeks. */
  readonly speech: Int32Array;
  readonly week: Int32Array;
  readonly weeks: Weeks;
  /** Languages, formats and modalities as mannerOf gives them. */
  readonly manner: Int32Array;
  /** A bit for each topic, and one above them for a subject that is kept for the conversation. */
  readonly topics: Int32Array;

  /** Empty columns for as many people. */
  constructor(count: number, weeks: Weeks) {
    this.count = count;
    this.room = new Room(count);
    this.lab = this.room.whole();
    this.team = this.room.whole();
    this.speech = this.room.whole();
    this.week = this.room.whole();
    this.weeks = weeks;
    this.manner = this.room.whole();
    this.topics = this.room.whole();
  }
}
export type { PeopleSaid };

export class MenteesSaid extends PeopleSaid {
  /** Topics in the order of the wishes, digits as in topicList: the first ones, and those that do not fit one number. */
  readonly wishes = this.room.whole();
  readonly moreWishes = this.room.whole();
  /** As wayOf gives it. */
  readonly way = this.room.whole();
  /** Digit of the preference. */
  readonly preference = this.room.whole();
  readonly waitingSince = this.room.real();
  readonly priority = this.room.real();
  /** Mentors they must not be paired with, beside those of their team; where each mentee's begin and end. */
  readonly excluded: number[] = [];
  readonly excludedFrom = this.room.whole();
  readonly excludedTo = this.room.whole();

  /** The same people in another order, given as their indexes, among mentors each of whom has a new index. */
  inOrder(order: Uint32Array, mentorAt: Uint32Array): MenteesSaid {
    const turned = new MenteesSaid(this.count, this.weeks);
    for (const name of menteeColumns) turn(order, this[name], turned[name]);
    for (const name of realColumns) turn(order, this[name], turned[name]);
    turn(order, this.excludedFrom, turned.excludedFrom);
    turn(order, this.excludedTo, turned.excludedTo);
    for (const mentor of this.excluded) turned.excluded.push(mentorAt[mentor] as number);
    return turned;
  }
}

export class MentorsSaid extends PeopleSaid {
  /** Free places, none for whoever is paused. */
  readonly places = this.room.whole();
  readonly usedPlaces = this.room.whole();

  /** The same people in another order, given as their indexes. */
  inOrder(order: Uint32Array): MentorsSaid {
    const turned = new MentorsSaid(this.count, this.weeks);
    for (const name of mentorColumns) turn(order, this[name], turned[name]);
    return turned;
  }
}

type Column = Int32Array | Float64Array;

function turn(order: Uint32Array, from: Column, into: Column): void {
  for (let at = 0; at < into.length; at++) into[at] = from[order[at] as number] as number;
}

/** Everybody who is to be compared, read together. */
export interface Said {
  readonly mentees: MenteesSaid;
  readonly mentors: MentorsSaid;
  /** How many labs and teams they have, and how they speak. */
  readonly labs: number;
  readonly teams: number;
  readonly speeches: Speeches;
  /** Stands for what no column keeps: who they are and whom they name. */
  readonly texts: string;
}
