// What the audit trail needs of the store: a chain that only grows at its end, and loses its oldest part to age alone.
import type { AuditAct, AuditActorKind, AuditEntry, AuditRecord, TrailLink } from '../domain/audit.ts';

export interface AuditTrail {
  /** Adds a record at the end; copies of the service that do so at the same moment come one after the other. */
  append(entry: AuditEntry, at: Date): Promise<AuditRecord>;
  find(seq: number): Promise<AuditRecord | undefined>;
  /** The newest first. before: only records with a smaller number. */
  list(which: {
    readonly before?: number;
    readonly act?: AuditAct;
    readonly subject?: string;
    readonly limit: number;
  }): Promise<AuditRecord[]>;
  /** All of them, the oldest first, in chunks. */
  readAll(): AsyncIterable<readonly AuditRecord[]>;
  /** The last link that went for its age; `trailStart` before the first one did. */
  start(): Promise<TrailLink>;
  /** The end as it was noted last. */
  head(): Promise<TrailLink | undefined>;
  noteHead(head: TrailLink): Promise<void>;
  /** Deletes the oldest records, up to the first that is not older than an instant; returns how many. */
  purge(before: Date): Promise<number>;
}

/** Somebody of whom the trail tells. key: names them for ever; of a person who came by a launch, their person key. */
export interface AuditPerson {
  readonly kind: AuditActorKind | 'member';
  readonly key: string;
  /** Shown beside the pseudonym, encrypted at rest: the name under which an administrator's link was made. */
  readonly label?: string;
}

export interface AuditPeople {
  /** The person's pseudonym, drawn at first use. at: when it is used, so that it is kept as long as its records. */
  pseudonymOf(person: AuditPerson, at: Date): Promise<string>;
  /** The pseudonym, if there is one already. */
  findPseudonym(person: AuditPerson): Promise<string | undefined>;
  /** The person key behind a pseudonym; undefined when it was never one, or has been forgotten. */
  findPersonKey(pseudonym: string): Promise<string | undefined>;
  labelsOf(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Deletes what leads from pseudonyms to this person, as a member or also as a coordinator. */
  forget(personKey: string, as: { readonly asCoordinator: boolean }): Promise<void>;
  /** Deletes pseudonyms that no record has used since an instant; returns how many. */
  purge(before: Date): Promise<number>;
}
