// What is kept of exclusions: each method is one atomic act on one document, guarded by the state it expects.
import type { Exclusion, ExclusionStatus } from '../domain/exclusion.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Change } from './record-ports.ts';

export interface Exclusions {
  /** false when one against the same target is asked for, or in force (unique partial index). */
  insert(exclusion: Exclusion): Promise<boolean>;
  find(id: string): Promise<Exclusion | undefined>;
  /** Those that wait for a decision and those in force, the oldest first. */
  listLive(): Promise<Exclusion[]>;
  /** One in force that has any of these marks. */
  findCovering(marks: readonly KeyedHash[]): Promise<Exclusion | undefined>;
  /** All those in force that have any of these marks. */
  listCovering(marks: readonly KeyedHash[]): Promise<Exclusion[]>;
  change(
    id: string,
    from: readonly ExclusionStatus[],
    change: Change<Omit<Exclusion, 'id'>>,
  ): Promise<Exclusion | undefined>;
  /** Adds marks to one in force; harmless when it has them. */
  cover(id: string, marks: readonly KeyedHash[]): Promise<void>;
  /** The same for those against any of these targets, in force or waiting for a decision. */
  coverTargets(targets: readonly KeyedHash[], marks: readonly KeyedHash[]): Promise<void>;
  /** Of those that mean any of these records and are not carried out: that they mean this one, with marks beside their own. */
  pass(
    memberIds: readonly string[],
    to: { readonly memberId: string; readonly marks: readonly KeyedHash[] },
  ): Promise<void>;
  /** Says that a decision is carried out, if it still is the one given, and forgets whom it meant: all of it once it is lifted. */
  settle(id: string, status: ExclusionStatus): Promise<void>;
  /** Decisions that a crash left half done. */
  listUnsettled(limit: number): Promise<Exclusion[]>;
  /** Those in force whose time is over. */
  listEnded(now: Date, limit: number): Promise<Exclusion[]>;
  /** Requests that nobody decided since an instant. */
  listUndecided(askedBefore: Date, limit: number): Promise<Exclusion[]>;
  /** Deletes what was refused, lapsed or lifted before an instant; returns how many. */
  purge(endedBefore: Date): Promise<number>;
}
