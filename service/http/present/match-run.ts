// A run of the matching as its page and the report's list show it. Its figures are those of the moment: in steps, and
// hidden where they could stand for few.
import { livePlaces, liveCell, livePairs } from '../../domain/report/live.ts';
import type { MatchRun } from '../../usecases/ports.ts';
import type { Visit } from '../visit.ts';
import { leastCell, momentOf, type ShownCell } from './figures.ts';
import type { Row } from './words.ts';

/** Seconds after which a page of a run that goes on is shown anew. */
export const refreshSeconds = 3;

/** Keys begin with a word and a space, which an address does without. */
export function runAddress(key: string): string {
  return `/report/runs/${key.replace(' ', '-')}`;
}

type RunState =
  'waiting' | 'matching' | 'proposing' | 'stopping' | 'done' | 'stopped' | 'refused' | 'failed' | 'abandoned';

export function stateOf(run: MatchRun): RunState {
  if (!run.finishedAt) {
    if (run.stopAsked) return 'stopping';
    if (!run.begunAt) return 'waiting';
    return run.inputHash === '' || run.dryRun ? 'matching' : 'proposing';
  }
  if (run.failed) return 'failed';
  if (!run.stopped) return 'done';
  if (run.verdict !== undefined && run.verdict !== 'ok') return 'refused';
  return run.stopAsked ? 'stopped' : 'abandoned';
}

const runFigures = ['requests', 'places', 'served', 'proposed', 'skipped'] as const;

function runCell(visit: Visit, run: MatchRun, figure: (typeof runFigures)[number]): ShownCell {
  return leastCell(visit, figure === 'places' ? livePlaces(run[figure]) : liveCell(run[figure]));
}

/** Those that fit beside a date and a state; the run's own page has all. */
const listedFigures = ['requests', 'served', 'proposed'] as const;

/** The latest runs as a table: when, with a link to the run's own page, how they stand, and what they did. */
export function presentRuns(visit: Visit, runs: readonly MatchRun[]) {
  const { t } = visit;
  const nothing = { text: t('report:matching.no_proposals'), tooFew: false };
  return {
    id: 'table-runs',
    caption: t('report:matching.caption'),
    columns: ['date', 'state', ...listedFigures].map((column) => t(`report:matching.${column}`)),
    rows: runs.map((run) => {
      const state = t(`report:matching.states.${stateOf(run)}`);
      return {
        href: runAddress(run.key),
        label: momentOf(visit, run.startedAt),
        state: run.dryRun ? t('report:matching.dry', { state }) : state,
        cells: listedFigures.map((figure) =>
          figure === 'proposed' && run.dryRun ? nothing : runCell(visit, run, figure),
        ),
      };
    }),
  };
}

/** How much of the proposals is made, in steps of five percent; none where so few are served that it would tell. */
function shareOf({ served, proposed, skipped }: MatchRun): number | undefined {
  return liveCell(served).shown ? Math.floor((20 * (proposed + skipped)) / served) * 5 : undefined;
}

/** Sentences that are the same for a run and for a dry run. */
const alike: ReadonlySet<RunState> = new Set(['waiting', 'stopping', 'refused', 'failed', 'abandoned']);

function statusOf({ t }: Visit, run: MatchRun): string {
  const state = stateOf(run);
  if (alike.has(state)) return t(`report-run:status.${state}`);
  const share = state === 'proposing' ? shareOf(run) : undefined;
  if (share !== undefined) return t('report-run:run.proposing_share', { n: share });
  return t(`report-run:${run.dryRun ? 'dry' : 'run'}.${state}`);
}

function headingOf({ t }: Visit, run: MatchRun): string {
  const end = stateOf(run) === 'done' ? 'done' : 'ended';
  return t(`report-run:${run.dryRun ? 'dry' : 'run'}.heading.${run.finishedAt ? end : 'going_on'}`);
}

/** Known as soon as the matching is done. */
function figureRows(visit: Visit, run: MatchRun): Row[] {
  const { t } = visit;
  const { pairs, lowest, total } = livePairs(run);
  const counts = run.dryRun ? runFigures.slice(0, 3) : runFigures;
  return [
    ...counts.map((figure) => ({ label: t(`report:matching.${figure}`), value: runCell(visit, run, figure).text })),
    { label: t('report-run:pairs'), value: leastCell(visit, pairs).text },
    { label: t('report-run:lowest'), value: leastCell(visit, lowest).text },
    { label: t('report-run:total'), value: leastCell(visit, total).text },
  ];
}

/** What it takes to do the computation again, and whether it was checked. */
function proofRows(visit: Visit, run: MatchRun): Row[] {
  const { t } = visit;
  const { startedAt, begunAt = startedAt, finishedAt, rulesVersion, seed, inputHash, verdict, requests } = run;
  const checked = verdict === undefined ? 'none' : verdict === 'ok' ? 'ok' : 'wrong';
  return [
    { label: t('report-run:started'), value: momentOf(visit, begunAt) },
    ...(finishedAt ? [{ label: t('report-run:finished'), value: momentOf(visit, finishedAt) }] : []),
    { label: t('report-run:rules'), value: rulesVersion },
    { label: t('report-run:seed'), value: String(seed) },
    // The same fingerprint twice says that nothing changed in between: among very few that would tell on somebody.
    { label: t('report-run:input'), value: liveCell(requests).shown ? inputHash : t('report:too_few') },
    { label: t('report-run:verdict'), value: t(`report-run:checked.${checked}`, { code: verdict }) },
  ];
}

/** The page of one run. still: the visitor does not want it to be shown anew by itself. */
export function presentRun(visit: Visit, run: MatchRun, { still }: { readonly still: boolean }) {
  const { ports } = visit;
  const address = runAddress(run.key);
  const isGoingOn = run.finishedAt === undefined;
  const share = stateOf(run) === 'proposing' ? shareOf(run) : undefined;
  const hasFound = run.inputHash !== '';
  const isDry = run.dryRun === true;
  const isDone = stateOf(run) === 'done';
  return {
    heading: headingOf(visit, run),
    status: statusOf(visit, run),
    seconds: isGoingOn && !still ? refreshSeconds : 0,
    bar: share !== undefined && { percent: share },
    kept: !isGoingOn && run.proposed > 0 && run.stopped === true,
    following: isGoingOn && { still, address },
    stop: isGoingOn && !run.stopAsked && { action: `${address}/stop`, isDry },
    figures: hasFound && figureRows(visit, run),
    proof: hasFound && proofRows(visit, run),
    // After a dry run comes a run; what did not come to its end may be tried again.
    next: !isGoingOn && (isDry || !isDone) && { run: ports.newId(), start: isDry === isDone, preview: isDry },
  };
}
