// What the coordinators' cases need of the store.
import type { Case, CaseMessage, CaseStatus } from '../domain/case.ts';
import type { Due } from '../domain/follow-up.ts';
import type { LabId } from '../domain/terms.ts';
import type { Change } from './ports.ts';

/** Which cases a coordinator handles. labId: absent for all of them. exceptOf: the coordinator's own, as a member. */
export interface CaseScope {
  readonly labId?: LabId;
  readonly exceptOf?: string;
}

export interface Cases {
  find(id: string): Promise<Case | undefined>;
  findByKey(key: string): Promise<Case | undefined>;
  /** Whose case has this reference; what was said in it stays sealed. */
  findOwner(reference: string): Promise<string | undefined>;
  /** The person's open case of the kind `asked`; at most one (unique partial index). */
  findAsked(memberId: string): Promise<Case | undefined>;
  /**
   * Stores a case under a reference of its own, drawn here; undefined when its key is taken, or when the person has an
   * open case of the kind `asked` already.
   */
  insert(fresh: Omit<Case, 'reference'>): Promise<Case | undefined>;
  /** Open ones the oldest first, closed ones the last closed first. */
  listFor(scope: CaseScope, which: { status: CaseStatus; limit: number }): Promise<Case[]>;
  /** Everything of one person, open and closed, the newest first. */
  listOf(memberId: string): Promise<Case[]>;
  /**
   * Adds a message to an open case, in one write; messages written at the same moment are all kept. undefined when the
   * case is closed or full, or has this message already.
   */
  write(id: string, message: CaseMessage, quiet: { quietSince: Date; due: Due }): Promise<Case | undefined>;
  /** Applies the change if the status is one of `from`, and the instants that are given are as seen (null: not there). */
  change(
    id: string,
    expected: { from: readonly CaseStatus[]; widenAskedAt?: Date | null; identityOpenedAt?: null },
    change: Change<Omit<Case, 'id' | 'messages'>>,
  ): Promise<Case | undefined>;
  /** Cases whose due instant has come, open or closed, oldest first. */
  listDue(now: Date, limit: number): Promise<Case[]>;
  /** Moves `due` on if it still is `done`; false when another copy was faster. */
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
  /** Deletes a closed case; harmless when it is gone. */
  purge(id: string): Promise<void>;
  /** Deletes every case of a person. */
  forget(memberId: string): Promise<void>;
}
