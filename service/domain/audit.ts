// The audit trail: what administrators, coordinators and the command line did, as a chain that shows when a link of it is
// changed or gone. People stand in it by pseudonyms; nothing personal does.

/** Everything that leaves a trace: a closed list. */
export const auditActs = [
  'admin_link_made',
  'admin_entered',
  'admin_language_chosen',
  'admin_left',
  'platform_added',
  'platform_connected',
  'platform_approved',
  'platform_rejected',
  'platform_activated',
  'platform_deactivated',
  'deployment_approved',
  'invite_made',
  'invite_given_back',
  'keys_rotated',
  'run_started',
  'run_simulated',
  'run_stopped',
  'rules_saved',
  'case_identity_seen',
  'case_written',
  'case_widening_asked',
  'case_match_asked',
  'case_closed',
  'sheet_verified',
  'coordinator_invited',
  'coordinator_accepted',
  'coordinator_revoked',
  'identity_disclosed',
  'disclosure_untold',
  'exclusion_asked',
  'exclusion_made',
  'exclusion_refused',
  'exclusion_lifted',
  'outbox_retried',
] as const;

export type AuditAct = (typeof auditActs)[number];

/** invitation: whoever holds the one-time link by which a lab's platform is connected. */
export type AuditActorKind = 'administrator' | 'coordinator' | 'command_line' | 'invitation';

/** id: a pseudonym, drawn at random. */
export interface AuditActor {
  readonly kind: AuditActorKind;
  readonly id: string;
}

export interface AuditEntry {
  readonly actor: AuditActor;
  readonly act: AuditAct;
  /** What it was done to: a platform's id, a case's reference, a lab, a run's key. */
  readonly object?: string;
  /** Pseudonym of the person whom it concerns. */
  readonly subject?: string;
  /** A code of a closed list. */
  readonly reason?: string;
  /** Number of the record that tells of an act which was then refused, or failed. */
  readonly notDone?: number;
}

/** previous: hash of the record before. Numbers begin at 1 and have no gaps. */
export interface AuditRecord extends AuditEntry {
  readonly seq: number;
  readonly at: Date;
  readonly previous: string;
  readonly hash: string;
}

/** A place in the chain: of one record what the next one is tied to. */
export type TrailLink = Pick<AuditRecord, 'seq' | 'hash' | 'at'>;

/** Where a chain begins of which nothing was removed. */
export const trailStart: TrailLink = { seq: 0, hash: '', at: new Date(0) };

export const auditMonths = 12;

/** Before this instant a record has had its time. */
export function auditKeptSince(now: Date): Date {
  return new Date(new Date(now).setUTCMonth(now.getUTCMonth() - auditMonths));
}

/** What a record's hash is taken of: every field, in one order, and the hash before. */
export function canonicalOf({ seq, at, actor, previous, ...entry }: Omit<AuditRecord, 'hash'>): string {
  const { act, object = null, subject = null, reason = null, notDone = null } = entry;
  return JSON.stringify([seq, at.toISOString(), actor.kind, actor.id, act, object, subject, reason, notDone, previous]);
}

/** The record that follows a link of the chain. digest: SHA-256. */
export function nextRecord(
  { seq, hash: previous }: Pick<TrailLink, 'seq' | 'hash'>,
  { at, ...entry }: AuditEntry & { readonly at: Date },
  digest: (text: string) => string,
): AuditRecord {
  const record = { ...entry, seq: seq + 1, at, previous };
  return { ...record, hash: digest(canonicalOf(record)) };
}

/**
 * changed: a record is not what it was. missing: one is gone, or stands elsewhere. cut: the end that was noted is gone.
 * replaced: another record stands where one was noted. removed: gone before its time.
 */
export type TrailFault = 'changed' | 'missing' | 'cut' | 'replaced' | 'removed';

export interface TrailVerdict {
  /** First and last record that were looked at; 0 of an empty trail. */
  readonly from: number;
  readonly to: number;
  /** The first link that stands, and the last one of the chain. */
  readonly first?: TrailLink;
  readonly head: TrailLink;
  readonly fault?: { readonly kind: TrailFault; readonly seq: number };
}

export interface TrailCheck {
  /** Takes the records in the order of their numbers. */
  read(record: AuditRecord): void;
  verdict(): TrailVerdict;
}

interface CheckParts {
  /** The last link that was removed for its age. */
  readonly start: TrailLink;
  /** Places of the chain that were noted elsewhere: ends, and beginnings. */
  readonly heads: readonly TrailLink[];
  /** Whoever is younger must not be gone. */
  readonly keptSince: Date;
  readonly digest: (text: string) => string;
}

/** Follows the chain from its start; the first fault counts. */
export function checkTrail({ start, heads, keptSince, digest }: CheckParts): TrailCheck {
  let first: TrailLink | undefined;
  let head: TrailLink = start;
  // What the start says of its own age may be made up; a place in front of it that was noted elsewhere is not.
  const early = [...heads, start].find(({ seq, at }) => seq <= start.seq && at > keptSince);
  let fault: TrailVerdict['fault'] = early && { kind: 'removed', seq: early.seq };
  const blame = (kind: TrailFault, seq: number): void => {
    fault ??= { kind, seq };
  };
  return {
    read: (record) => {
      const { seq, hash, at, previous } = record;
      // Its removal was noted, and not carried out yet.
      if (seq <= start.seq) return;
      if (seq !== head.seq + 1) blame('missing', head.seq + 1);
      else if (hash !== digest(canonicalOf(record))) blame('changed', seq);
      else if (previous !== head.hash) blame('missing', head.seq);
      if (heads.some((noted) => noted.seq === seq && noted.hash !== hash)) blame('replaced', seq);
      head = { seq, hash, at };
      first ??= head;
    },
    verdict: () => {
      const lost = heads.filter(({ seq }) => seq > head.seq).sort((a, b) => a.seq - b.seq)[0];
      if (lost) blame('cut', head.seq + 1);
      const reach = first ? { from: first.seq, to: head.seq, first } : { from: 0, to: 0 };
      return { ...reach, head, ...(fault && { fault }) };
    },
  };
}
