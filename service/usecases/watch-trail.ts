import { auditKeptSince, checkTrail, type TrailLink, type TrailVerdict } from '../domain/audit.ts';
import type { Ports } from './ports.ts';

/** Follows the whole chain. heads: places of it that stand in the log; the one noted last is known here too. */
export async function verifyTrail(
  { trail, hasher, clock }: Ports,
  { heads = [] }: { readonly heads?: readonly TrailLink[] } = {},
): Promise<TrailVerdict> {
  // In this order: what grows or goes meanwhile is no fault.
  const noted = await trail.head();
  const before = await trail.start();
  const records = [];
  for await (const chunk of trail.readAll()) records.push(...chunk);
  const start = await trail.start();
  const check = checkTrail({
    start: start.seq > before.seq ? start : before,
    heads: [...heads, ...(noted ? [noted] : [])],
    keptSince: auditKeptSince(clock.now()),
    digest: (text) => hasher.digest(text),
  });
  for (const record of records) check.read(record);
  return check.verdict();
}

/** Once a day: what has had its time goes, and the chain's end is told, so that the log knows it too. */
export async function watchTrail(
  ports: Ports,
  tell: (verdict: TrailVerdict) => void = () => undefined,
): Promise<{ done: number; failed: number }> {
  const verdict = await verifyTrail(ports);
  tell(verdict);
  // A broken chain is left as it was found, for whoever looks into it.
  if (verdict.fault) return { done: 0, failed: 1 };
  const now = ports.clock.now();
  if (verdict.to > 0) await ports.trail.noteHead(verdict.head);
  const done = await ports.trail.purge(auditKeptSince(now));
  await ports.auditPeople.purge(auditKeptSince(now));
  return { done, failed: 0 };
}
