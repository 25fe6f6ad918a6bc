// The geometry of a bar chart whose bars carry their words: nothing is told by colour alone, and what is hidden has no
// bar, no length and no part in the scale.
import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { type Cell, hidden } from '../../domain/report/suppress.ts';

/** A lab with one bar per series, always in the same order. */
export interface ChartGroup {
  readonly label: string;
  readonly bars: readonly { readonly cell: Cell; readonly text: string }[];
  /** Said once in place of all bars when every count is hidden. */
  readonly nothing: string;
}

export interface ChartBar {
  readonly text: string;
  readonly textX: string;
  readonly textY: number;
  /** Absent when the count is hidden. Width in % of the picture, so that letters keep their size at any width. */
  readonly bar: false | { readonly y: number; readonly width: string; readonly height: number; readonly fill: string };
}

export interface BarChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly height: number;
  readonly groups: readonly { readonly label: string; readonly labelY: number; readonly bars: readonly ChartBar[] }[];
}

/** px; letters are 14 px high. */
const sizes = { label: 24, bar: 20, gap: 6, group: 14, beside: '1.5%' } as const;
/** The longest bar, in % of the width: the rest is for its words. */
const longest = 58;

/** Draws the shown counts on one scale from zero. undefined when nothing may be drawn. */
export function drawBars(
  heading: { readonly id: string; readonly title: string; readonly description: string },
  groups: readonly ChartGroup[],
): BarChart | undefined {
  const cells = groups.flatMap(({ bars }) => bars.map(({ cell }) => cell));
  const most = max(cells, (cell) => (cell.shown ? cell.count : undefined));
  if (most === undefined) return undefined;
  const widthOf = scaleLinear([0, Math.max(1, most)], [0, longest]);
  let y = 0;
  const drawn = groups.map(({ label, bars: all, nothing }) => {
    const bars = all.some(({ cell }) => cell.shown) ? all : [{ cell: hidden, text: nothing }];
    const labelY = y + sizes.label - 8;
    y += sizes.label;
    const lines = bars.map(({ cell, text }, series): ChartBar => {
      const top = y;
      y += sizes.bar + sizes.gap;
      const textY = top + sizes.bar - 5;
      if (!cell.shown) return { text, textX: '0', textY, bar: false };
      const width = `${widthOf(cell.count).toFixed(2)}%`;
      const textX = `${(widthOf(cell.count) + Number.parseFloat(sizes.beside)).toFixed(2)}%`;
      return { text, textX, textY, bar: { y: top, width, height: sizes.bar, fill: `url(#${heading.id}-${series})` } };
    });
    y += sizes.group;
    return { label, labelY, bars: lines };
  });
  return { ...heading, height: y, groups: drawn };
}
