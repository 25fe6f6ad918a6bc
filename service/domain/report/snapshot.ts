// The frozen figures of a period: counted once, suppressed before they are stored, never recounted.
import type { EndingFigures, QualityFigures } from './endings.ts';
import type { Cell } from './suppress.ts';

export const indicators = ['members', 'mentors', 'places', 'free_places', 'waiting', 'proposals', 'dialogues'] as const;
export type Indicator = (typeof indicators)[number];

/** One line a lab; the line of all labs has labId "all". */
export interface SnapshotRow {
  readonly labId: string;
  readonly cells: Readonly<Record<Indicator, Cell>>;
}

export interface Snapshot {
  /** period and version of the rules, for example "2026-11 v1". */
  readonly key: string;
  /** Month YYYY-MM at whose start the figures were frozen. */
  readonly period: string;
  readonly takenAt: Date;
  readonly rows: readonly SnapshotRow[];
  /** Of all labs; absent until the first block holds enough. */
  readonly endings?: EndingFigures;
  readonly quality?: QualityFigures;
}

export const reportRulesVersion = 'v1';

/** The key under which a month's figures are kept. */
export function snapshotKey(period: string): string {
  return `${period} ${reportRulesVersion}`;
}
