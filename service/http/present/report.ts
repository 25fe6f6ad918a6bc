// The report as pages and files show it: frozen figures of what the coordinator's role covers, hidden cells as words.
import type { Indicator, Snapshot, SnapshotRow } from '../../domain/report/snapshot.ts';
import type { ReportView } from '../../usecases/view-report.ts';
import type { Visit } from '../visit.ts';
import { drawBars } from './chart.ts';
import { csvFile } from './csv.ts';
import { presentEnded } from './ended.ts';
import { dateOf, number, shownCell } from './figures.ts';
import { presentRuns } from './match-run.ts';
import type { Row } from './words.ts';

/** What belongs together on one scale, in the order of the page. */
const themes: readonly { readonly id: string; readonly indicators: readonly Indicator[] }[] = [
  { id: 'people', indicators: ['members', 'mentors'] },
  { id: 'places', indicators: ['places', 'free_places'] },
  { id: 'paths', indicators: ['waiting', 'proposals', 'dialogues'] },
];

/** The rows a role covers. lead: the row that the sentences tell. total: absent for a single lab, where it would tell of others. */
interface Covered {
  readonly labs: readonly SnapshotRow[];
  readonly lead: SnapshotRow;
  readonly total?: SnapshotRow;
}

/** The lab of the session counts, not that of a membership: it is the one in which the person coordinates. */
function coveredBy({ role, session }: Visit, { rows }: Snapshot): Covered | undefined {
  if (role !== 'cross_lab_coordinator') {
    const own = rows.find(({ labId }) => labId === session.tenant);
    return own && { labs: [own], lead: own };
  }
  const total = rows.find(({ labId }) => labId === 'all');
  return total && { labs: rows.filter((row) => row !== total), lead: total, total };
}

function labName({ ports, t }: Visit, labId: string): string {
  if (labId === 'all') return t('report:all_labs');
  return ports.rules.labs.get(labId)?.name ?? labId.toUpperCase();
}

function month(locale: string, period: string): string {
  const language = locale === 'en' ? 'en-GB' : 'fr-FR';
  const style = { timeZone: 'UTC', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(language, style).format(new Date(`${period}-15T12:00:00Z`));
}

/** The month after, YYYY-MM. */
function nextPeriod(period: string): string {
  const [year = 0, monthNumber = 0] = period.split('-').map(Number);
  return new Date(Date.UTC(year, monthNumber, 1)).toISOString().slice(0, 7);
}

function presentTheme(visit: Visit, { labs, lead, total }: Covered, { id, indicators }: (typeof themes)[number]) {
  const { t, locale } = visit;
  const heading = t(`report:theme.${id}`);
  const chart = drawBars(
    { id: `chart-${id}`, title: t(`report:chart.${id}`), description: t('report:chart.description') },
    labs.map(({ labId, cells }) => ({
      label: labName(visit, labId),
      nothing: t('report:too_few'),
      bars: indicators.map((indicator) => {
        const cell = cells[indicator];
        const kind = cell.shown ? 'bar' : 'no_bar';
        return { cell, text: t(`report:${kind}.${indicator}`, { n: shownCell(visit, cell).text }) };
      }),
    })),
  );
  return {
    id,
    heading,
    summaries: indicators.map((indicator) => {
      const cell = lead.cells[indicator];
      return cell.shown
        ? t(`report:summary.${indicator}`, { n: number(locale, cell.count) })
        : t(`report:unsaid.${indicator}`);
    }),
    chart: chart ?? false,
    table: {
      id: `table-${id}`,
      caption: t('report:caption', { theme: heading }),
      columns: [t('report:lab'), ...indicators.map((indicator) => t(`report:indicator.${indicator}`))],
      rows: [...labs, ...(total ? [total] : [])].map((row) => ({
        label: labName(visit, row.labId),
        total: row === total,
        cells: indicators.map((indicator) => shownCell(visit, row.cells[indicator])),
      })),
    },
    definitions: indicators.map((indicator): Row => ({
      label: t(`report:indicator.${indicator}`),
      value: t(`report:definition.${indicator}`),
    })),
  };
}

function presentFigures(visit: Visit, snapshot: Snapshot | undefined) {
  const covered = snapshot && coveredBy(visit, snapshot);
  if (!covered) return false;
  const { t, locale } = visit;
  return {
    period: t('report:period', { month: month(locale, snapshot.period) }),
    frozen: t('report:frozen', { date: dateOf(visit, snapshot.takenAt) }),
    next: t('report:next', { month: month(locale, nextPeriod(snapshot.period)) }),
    themes: [
      ...themes.map((theme) => presentTheme(visit, covered, theme)),
      // Of all labs together: nothing of them may be told by lab.
      ...(covered.total ? presentEnded(visit, snapshot) : []),
    ],
  };
}

/** The page. Runs and their buttons are for the cross-lab coordinator: they tell of all labs. */
export function presentReport(visit: Visit, { snapshot, runs }: ReportView): object {
  const { t, role, ports } = visit;
  const isCrossLab = role === 'cross_lab_coordinator';
  return {
    heading: isCrossLab
      ? t('report:heading_all')
      : t('report:heading_lab', { lab: labName(visit, visit.session.tenant) }),
    figures: presentFigures(visit, snapshot),
    matching: isCrossLab && { run: ports.newId(), runs: runs.length > 0 && presentRuns(visit, runs) },
  };
}

/** The same cells as a file, one line a lab; undefined before the first figures. */
export function presentCsv(
  visit: Visit,
  { snapshot }: ReportView,
): { file: string; type: string; content: string } | undefined {
  const covered = snapshot && coveredBy(visit, snapshot);
  if (!covered) return undefined;
  const { t } = visit;
  const indicators = themes.flatMap((theme) => theme.indicators);
  const head = [t('report:csv.period'), t('report:lab'), ...indicators.map((one) => t(`report:indicator.${one}`))];
  const lines = [...covered.labs, ...(covered.total ? [covered.total] : [])].map((row) => [
    snapshot.period,
    labName(visit, row.labId),
    ...indicators.map((indicator) => {
      const cell = row.cells[indicator];
      return cell.shown ? cell.count : t('report:too_few');
    }),
  ]);
  return {
    file: `${t('report:csv.file')}-${snapshot.period}.csv`,
    type: 'text/csv',
    content: csvFile([head, ...lines]),
  };
}
