// Referral sheets as a test needs them: complete ones, verified on a day that it chooses.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReferralSheet, SheetStatus } from '../../service/domain/referral-check.ts';
import type { TestApp } from './app.ts';

/** Call inside a `describe`: a programme file whose sheets are no examples any more. */
export function useCompleteProgramme(): { readonly PROGRAMME_FILE: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'mentorat-referral-'));
  const file = path.join(folder, 'programme.json');
  const programme = JSON.parse(readFileSync('config/programme.json', 'utf8')) as { labs: object[] };
  const labs = programme.labs.map((lab) => ({ ...lab, referralToComplete: false }));
  writeFileSync(file, JSON.stringify({ ...programme, labs }));
  after('remove the programme file', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return { PROGRAMME_FILE: file };
}

/** Puts a lab's record there: verified on that day or never, and as long ago as its state says. */
export async function keepSheet(
  app: TestApp,
  { id, status, verifiedAt }: { id: string; status: SheetStatus; verifiedAt?: Date },
): Promise<void> {
  const due = { step: 'sheet_ask_2', at: new Date('2030-01-01T00:00:00Z') };
  const since = verifiedAt ?? new Date('2026-01-01T00:00:00Z');
  const sheet: ReferralSheet = { id, status, since, due, ...(verifiedAt && { verifiedAt }) };
  await app.service().ports.referralSheets.insert(sheet);
}
