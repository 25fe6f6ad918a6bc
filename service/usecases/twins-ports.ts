// What is kept of records that may be one person's: each method is one atomic act on one document.
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
