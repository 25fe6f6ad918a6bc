// The coordinators' report, and the matching run that the cross-lab coordinator may preview and start.
import { MentoringError } from '../../domain/errors.ts';
import { runMatching } from '../../usecases/run-matching.ts';
import { viewReport } from '../../usecases/view-report.ts';
import { readForm } from '../forms/form.ts';
import { matchForm } from '../forms/report.ts';
import { presentCsv, presentPreview, presentReport } from '../present/report.ts';
import { type Handler, page, seeOther } from '../visit.ts';

export const showReport: Handler = async (visit) => page('report', presentReport(visit, await viewReport(visit.ports)));

/** @throws MentoringError not_found before the first figures of what the person may see */
export const exportReport: Handler = async (visit) => {
  const csv = presentCsv(visit, await viewReport(visit.ports));
  if (!csv) throw new MentoringError('not_found');
  return csv;
};

export const postMatch: Handler = async (visit) => {
  const form = readForm(matchForm, visit.body);
  if (!form.ok) return seeOther('/report');
  const { act, run } = form.values;
  const key = `demand ${run}`;
  if (act === 'preview') {
    return page('report-match', presentPreview(visit, await runMatching(visit.ports, { dryRun: true, key })));
  }
  await runMatching(visit.ports, { key });
  return seeOther('/report', 'match_run');
};
