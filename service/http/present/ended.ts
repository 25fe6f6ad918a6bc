// The report's sections about dialogues that have ended and what was answered then: shares of all labs together.
import { closingTypes, type EndingFigures, type QualityFigures } from '../../domain/report/endings.ts';
import { durationBands } from '../../domain/report/closing-fact.ts';
import type { Block, Rate } from '../../domain/report/release.ts';
import { hidden, type Cell } from '../../domain/report/suppress.ts';
import type { Snapshot } from '../../domain/report/snapshot.ts';
import { surveyQuestions } from '../../domain/survey.ts';
import type { Visit } from '../visit.ts';
import { drawBars, type ChartGroup } from './chart.ts';
import { number, type ShownCell } from './figures.ts';

type Speaker = Pick<Visit, 't' | 'locale'>;

function shownRate({ t, locale }: Speaker, rate: Rate): ShownCell {
  return rate.shown
    ? { text: t('report-ended:percent', { n: number(locale, rate.percent) }), tooFew: false }
    : { text: t('report:too_few'), tooFew: true };
}

const cellOf = (rate: Rate): Cell => (rate.shown ? { shown: true, count: rate.percent } : hidden);

function period({ t }: Speaker, { from, until }: Block): string {
  const tell = (quarter: string): string =>
    t(`report-ended:quarter.${quarter.slice(-1)}`, { year: quarter.slice(0, 4) });
  return from === until
    ? t('report-ended:one_quarter', { quarter: tell(from) })
    : t('report-ended:quarters', { from: tell(from), until: tell(until) });
}

interface Told {
  readonly id: 'endings' | 'quality';
  readonly summaries: readonly string[];
  readonly groups: readonly ChartGroup[];
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly rates: readonly Rate[] }[];
  readonly definitions: readonly string[];
}

/** In the form of the page's other sections. */
function section(visit: Visit, { id, summaries, groups, columns, rows, definitions }: Told) {
  const { t } = visit;
  const heading = t(`report-ended:${id}.heading`);
  const title = { id: `chart-${id}`, title: t(`report-ended:${id}.chart`), description: t('report-ended:description') };
  return {
    id,
    heading,
    summaries,
    chart: drawBars(title, groups) ?? false,
    table: {
      id: `table-${id}`,
      caption: t(`report-ended:${id}.caption`),
      columns,
      rows: rows.map(({ label, rates }) => ({
        label,
        total: false,
        cells: rates.map((rate) => shownRate(visit, rate)),
      })),
    },
    definitions: definitions.map((name) => ({
      label: t(`report-ended:definition.${name}.what`),
      value: t(`report-ended:definition.${name}.text`),
    })),
  };
}

function presentEndings(visit: Visit, figures: EndingFigures) {
  const { t } = visit;
  const { closings, durations, metSoon, acrossLabs } = figures;
  const rows = [
    ...closingTypes.map((one) => ({ label: t(`report-ended:closing.${one}`), rates: [closings[one]] })),
    { label: t('report-ended:met_soon'), rates: [metSoon] },
    { label: t('report-ended:across_labs'), rates: [acrossLabs] },
    ...durationBands.map((one) => ({ label: t(`report-ended:duration.${one}`), rates: [durations[one]] })),
  ];
  return section(visit, {
    id: 'endings',
    summaries: [
      period(visit, figures),
      t('report-ended:endings.summary', { rate: shownRate(visit, closings.completed).text }),
      t('report-ended:endings.soon', { rate: shownRate(visit, metSoon).text }),
    ],
    groups: rows.map(({ label, rates }) => ({
      label,
      bars: rates.map((rate) => ({ cell: cellOf(rate), text: shownRate(visit, rate).text })),
      nothing: t('report:too_few'),
    })),
    columns: [t('report-ended:what'), t('report-ended:share')],
    rows,
    definitions: ['ended', 'blocks', 'rounding'],
  });
}

const sides = ['all', 'mentee', 'mentor'] as const;

function presentQuality(visit: Visit, figures: QualityFigures) {
  const { t, locale } = visit;
  const { answers, responses, questions } = figures;
  const rows = surveyQuestions.map((question) => ({
    label: t(`report-ended:question.${question}`),
    rates: sides.map((side) => questions[question][side]),
  }));
  return section(visit, {
    id: 'quality',
    summaries: [
      period(visit, figures),
      t('report-ended:quality.answers', { n: number(locale, answers), rate: shownRate(visit, responses).text }),
      t('report-ended:quality.useful', { rate: shownRate(visit, questions.useful.all).text }),
    ],
    groups: rows.map(({ label, rates }) => ({
      label,
      bars: rates.map((rate, at) => ({
        cell: cellOf(rate),
        text: t(`report-ended:side.${sides[at] ?? 'all'}`, { rate: shownRate(visit, rate).text }),
      })),
      nothing: t('report:too_few'),
    })),
    columns: [t('report-ended:what'), ...sides.map((side) => t(`report-ended:column.${side}`))],
    rows,
    definitions: ['survey', 'favourable', 'blocks', 'rounding'],
  });
}

/** Empty until enough has ended. */
export function presentEnded(visit: Visit, { endings, quality }: Snapshot) {
  return [...(endings ? [presentEndings(visit, endings)] : []), ...(quality ? [presentQuality(visit, quality)] : [])];
}
