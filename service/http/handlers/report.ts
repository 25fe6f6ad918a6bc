// The coordinators' report, and the matching runs that the cross-lab coordinator may preview, start, watch and stop.
import { MentoringError } from '../../domain/errors.ts';
import { demandMatching } from '../../usecases/demand-matching.ts';
import { stopMatchingRun } from '../../usecases/stop-matching-run.ts';
import { viewMatchingRun } from '../../usecases/view-matching-run.ts';
import { viewReport } from '../../usecases/view-report.ts';
import { readForm } from '../forms/form.ts';
import { matchForm, runKey } from '../forms/report.ts';
import { presentRun, runAddress } from '../present/match-run.ts';
import { presentCsv, presentReport } from '../present/report.ts';
import { type Handler, page, seeOther, type Visit } from '../visit.ts';
import { staleSheetsOf } from './referral.ts';

export const showReport: Handler = async (visit) => {
  const report = presentReport(visit, await viewReport(visit.ports));
  return page('report', { ...report, stale: await staleSheetsOf(visit) });
};

/** @throws MentoringError not_found before the first figures of what the person may see */
export const exportReport: Handler = async (visit) => {
  const csv = presentCsv(visit, await viewReport(visit.ports));
  if (!csv) throw new MentoringError('not_found');
  return csv;
};

/** Only notes what is wanted: the run may take minutes, and its page tells how it goes. */
export const postMatch: Handler = async (visit) => {
  const form = readForm(matchForm, visit.body);
  if (!form.ok) return seeOther('/report');
  const dryRun = form.values.act === 'preview';
  // Equal for a form sent twice, and nothing that somebody typed: the key stands in the audit trail.
  const run = visit.ports.hasher.digest(form.values.run);
  // The two buttons of one page ask for two things.
  const key = `demand ${dryRun ? 'preview-' : ''}${run}`;
  await demandMatching(visit.ports, { key, dryRun });
  return seeOther(runAddress(key));
};

/** @throws MentoringError not_found */
export const showRun: Handler = async (visit) => {
  const run = await viewMatchingRun(visit.ports, { key: keyOf(visit) });
  const model = presentRun(visit, run, { still: visit.query['still'] === 'yes' });
  return { ...page('report-run', model), refresh: model.seconds };
};

export const postRunStop: Handler = async (visit) => {
  const key = keyOf(visit);
  await stopMatchingRun(visit.ports, { key });
  return seeOther(runAddress(key));
};

function keyOf({ params }: Visit): string {
  const key = runKey.safeParse(params['key']);
  if (!key.success) throw new MentoringError('not_found');
  return key.data;
}
