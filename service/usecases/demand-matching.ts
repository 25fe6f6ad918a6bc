import { rulesInForce } from './match-rules.ts';
import type { Ports } from './ports.ts';
import { newRun } from './run-matching.ts';

/** Dry runs are looked at when they are made; after so long nobody asks for them. */
const dryRunsKeptMs = 7 * 86_400_000;

/**
 * Asks for a run, or for a dry run, and does not wait for it: the first copy of the service whose job finds it does it.
 * Asking again under the same key asks for nothing more.
 */
export async function demandMatching(
  ports: Ports,
  { key, dryRun }: { readonly key: string; readonly dryRun: boolean },
): Promise<void> {
  const now = ports.clock.now();
  if (dryRun) await ports.runs.forgetDryRuns(new Date(now.getTime() - dryRunsKeptMs));
  const { version } = await rulesInForce(ports);
  const run = newRun(ports, { key, rulesVersion: version });
  await ports.runs.claim({ ...run, progressAt: now, ...(dryRun && { dryRun }) });
}
