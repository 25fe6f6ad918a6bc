import { faultInRules, type MatchRules } from '../domain/matching/index.ts';
import type { Ports } from './ports.ts';

/** The rules in force: those saved last, or the programme's own before any were saved. */
export async function rulesInForce(ports: Ports): Promise<MatchRules> {
  return (await ports.rulesBook.inForce()) ?? ports.rules.match;
}

/** The rules in force, which from now on do not change under their version. A dry run binds nothing. */
export async function rulesForRun(ports: Ports, dryRun: boolean): Promise<MatchRules> {
  const rules = await rulesInForce(ports);
  if (dryRun || (await ports.rulesBook.markUsed(rules, ports.clock.now()))) return rules;
  // Somebody saved other rules under this version between the two: those are in force now.
  const saved = await rulesInForce(ports);
  if (await ports.rulesBook.markUsed(saved, ports.clock.now())) return saved;
  throw new Error('the rules of the matching keep changing');
}

/** What `saveRules` says: kept, or why not (a code of faultInRules, or that a run has used the version). */
export type SavedRules = { readonly saved: true } | { readonly saved: false; readonly fault: string };

/** Puts rules in force from the next run on. */
export async function saveRules(ports: Ports, rules: MatchRules): Promise<SavedRules> {
  const fault = faultInRules(rules);
  if (fault !== undefined) return { saved: false, fault };
  const saved = await ports.rulesBook.save(rules, ports.clock.now());
  return saved ? { saved } : { saved, fault: 'version_used' };
}
