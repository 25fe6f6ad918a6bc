// No act without its trace: the trace is written first. What a crash cuts off stands in the trail as if it had been done;
// what was refused is followed by a record that says so.
import type { AuditActor, AuditActorKind, AuditEntry, AuditRecord } from '../domain/audit.ts';
import type { AuditPerson, Ports } from './ports.ts';

export type AuditPorts = Pick<Ports, 'trail' | 'auditPeople' | 'clock'>;

export async function actorOf(
  { auditPeople, clock }: AuditPorts,
  person: AuditPerson & { readonly kind: AuditActorKind },
): Promise<AuditActor> {
  return { kind: person.kind, id: await auditPeople.pseudonymOf(person, clock.now()) };
}

/** The pseudonym of a member, by their person key. */
export async function subjectOf({ auditPeople, clock }: AuditPorts, personKey: string): Promise<string> {
  return auditPeople.pseudonymOf({ kind: 'member', key: personKey }, clock.now());
}

export async function trace({ trail, clock }: AuditPorts, entry: AuditEntry): Promise<AuditRecord> {
  return trail.append(entry, clock.now());
}

/** Says of a trace that nothing came of it. */
export async function traceNotDone(ports: AuditPorts, { seq, actor, act }: AuditRecord): Promise<void> {
  await trace(ports, { actor, act, notDone: seq });
}

/** Traces, then acts. isDone: whether the answer says that the act took place. */
export async function audited<T>(
  ports: AuditPorts,
  entry: AuditEntry,
  { act, isDone = () => true }: { act: (record: AuditRecord) => Promise<T>; isDone?: (answer: T) => boolean },
): Promise<T> {
  const record = await trace(ports, entry);
  let answer: T;
  try {
    answer = await act(record);
  } catch (error) {
    // Why the act failed matters more than that this could not be written either.
    await traceNotDone(ports, record).catch(() => undefined);
    throw error;
  }
  if (!isDone(answer)) await traceNotDone(ports, record);
  return answer;
}
