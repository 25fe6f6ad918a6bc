// What is kept of records that may be one person's, and what joins them: each method is one atomic act on one document.
import type { Due } from '../domain/follow-up.ts';
import type { Door, Member } from '../domain/member.ts';
import type { LabId } from '../domain/terms.ts';
import type { KeyedHash, Ties } from '../domain/tie.ts';
import type { Twins, TwinsStatus } from '../domain/twins.ts';
import type { Change } from './record-ports.ts';

export interface TwinsBook {
  find(id: string): Promise<Twins | undefined>;
  /** Those of a member that are stored. */
  listOf(memberId: string): Promise<Twins[]>;
  /** false when the two were asked about already. */
  insert(twins: Twins): Promise<boolean>;
  /** Applies the change if the status is one of `from`, and the record that may end the one given. */
  change(
    id: string,
    expected: { readonly from: readonly TwinsStatus[]; readonly endingId?: string },
    change: Change<Omit<Twins, 'id'>>,
  ): Promise<Twins | undefined>;
  /** Both have said so before an instant, and it is not carried out to the end. */
  listJoining(before: Date, limit: number): Promise<Twins[]>;
  /** Whose letter is still to be written. */
  listUnwritten(limit: number): Promise<Twins[]>;
  /** Forgets them; for two of whom one is not stored any more. */
  drop(id: string): Promise<void>;
}

/** Of the members' records: where ways in lead, and how two become one. */
export interface Joinings {
  /** The record to which a way in leads: of one that was joined to another, the other one. */
  findByPerson(personKey: string): Promise<Member | undefined>;
  /** Every record to which a way in leads, or led. */
  listByDoor(personKey: string): Promise<Member[]>;
  /** Own addresses that several who take part have in common, with their ids; looks through all of them. */
  listSharing(): Promise<{ readonly address: KeyedHash; readonly memberIds: readonly string[] }[]>;
  /** Notes a joining in which this record is to go on, if its person takes part and it has not ended for another one. */
  claim(id: string, joining: string): Promise<boolean>;
  /** Takes that back; harmless when there is none. */
  release(id: string, joining: string): Promise<void>;
  /** Ends a record of somebody who takes part for another one, unless a third is to be joined to it; the record afterwards. */
  joinTo(id: string, keptId: string, due: Due): Promise<Member | undefined>;
  /** Adds ways in and what was declared about others to a record with this joining, whatever its state, and ends the joining. */
  adopt(
    id: string,
    more: {
      readonly joining: string;
      readonly doors: readonly Door[];
      readonly ties: Ties;
      /** In which the team counts. */
      readonly labId: LabId;
    },
  ): Promise<Member | undefined>;
  /** An ended record leads to its own door again: what it had ended for takes nothing over. */
  part(id: string): Promise<void>;
  /** Closes every way in but a record's own, and whatever joining is under way; those that ended for it are parted. */
  closeDoors(id: string): Promise<void>;
  /** Notes one more letter about twins, the last `most` of them. */
  noteTold(id: string, at: Date, most: number): Promise<void>;
}
