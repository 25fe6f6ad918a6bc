import type { AuditAct, AuditRecord, TrailVerdict } from '../domain/audit.ts';
import type { Ports } from './ports.ts';
import { verifyTrail } from './watch-trail.ts';

export interface TrailQuery {
  readonly act?: AuditAct;
  /** Only records with a smaller number. */
  readonly before?: number;
  readonly limit?: number;
  readonly verify?: boolean;
}

export interface TrailLine extends AuditRecord {
  /** The name under which an administrator's link was made, or a command given. */
  readonly name?: string;
  /** The same of the one whom it concerns. */
  readonly subjectName?: string;
}

export interface TrailView {
  /** The newest first. */
  readonly records: readonly TrailLine[];
  /** There are older ones. */
  readonly hasMore: boolean;
  readonly verdict?: TrailVerdict;
}

export const trailPage = 50;

/** The audit trail, as it is read by whoever administers. */
export async function viewTrail(
  ports: Ports,
  { limit = trailPage, verify = false, ...which }: TrailQuery,
): Promise<TrailView> {
  const found = await ports.trail.list({ ...which, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const names = await ports.auditPeople.labelsOf([
    ...new Set(shown.flatMap(({ actor, subject = '' }) => [actor.id, subject])),
  ]);
  const records = shown.map((record) => {
    const [name, subjectName] = [names.get(record.actor.id), names.get(record.subject ?? '')];
    return { ...record, ...(name !== undefined && { name }), ...(subjectName !== undefined && { subjectName }) };
  });
  return { records, hasMore: found.length > limit, ...(verify && { verdict: await verifyTrail(ports) }) };
}
