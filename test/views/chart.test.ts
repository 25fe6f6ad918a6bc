// The report's chart: what is drawn, what is said in words, and what leaves no trace.
import { expect } from 'chai';
import { hidden, type Cell } from '../../service/domain/report/suppress.ts';
import { drawBars, type ChartGroup } from '../../service/http/present/chart.ts';
import { createViews } from '../../views/index.ts';

const views = createViews();
const heading = { id: 'chart-people', title: 'Membres et mentors', description: 'Barres par laboratoire.' };
const shown = (count: number): Cell => ({ shown: true, count });
const bar = (cell: Cell, name: string) => ({ cell, text: cell.shown ? `${cell.count} ${name}` : `${name} : trop peu` });
const lab = (label: string, members: Cell, mentors: Cell): ChartGroup => ({
  label,
  nothing: 'trop peu de monde',
  bars: [bar(members, 'membres'), bar(mentors, 'mentors')],
});

function svg(groups: readonly ChartGroup[]): string {
  const chart = drawBars(heading, groups);
  if (!chart) throw new Error('nothing was drawn');
  const data = { t: views.sentences.in('fr'), locale: 'fr', csrf: '' };
  return views.engine.render('partials/report/bars', { chart }, data);
}

describe('the bar chart', () => {
  it('draws lengths in proportion to the counts, from zero', () => {
    const chart = drawBars(heading, [lab('ETIS', shown(40), shown(10)), lab('LIX', shown(20), shown(5))]);
    const widths = chart?.groups.flatMap(({ bars }) => bars.map(({ bar: drawn }) => drawn && drawn.width));
    expect(widths).to.deep.equal(['58.00%', '14.50%', '29.00%', '7.25%']);
  });

  it('gives a hidden count words in place of a bar, and no length anywhere', () => {
    const html = svg([lab('ETIS', shown(40), shown(10)), lab('LIX', shown(20), hidden)]);
    expect(html.match(/<rect class="bar"/gu)).to.have.length(3);
    expect(html).to.match(/<text class="too-few" x="0" y="\d+">mentors : trop peu<\/text>/u);
  });

  it('says once that all counts of a lab are hidden', () => {
    const html = svg([lab('ETIS', shown(40), shown(10)), lab('LIX', hidden, hidden)]);
    expect(html.match(/trop peu/gu)).to.have.length(1);
  });

  it('is the same picture whatever a hidden count would be, as it has no part in the scale', () => {
    const [one, other] = [shown(12), shown(7)];
    expect(svg([lab('ETIS', one, other), lab('LIX', hidden, hidden)])).to.include('width="58.00%"');
  });

  it('draws nothing when everything is hidden', () => {
    expect(drawBars(heading, [lab('ETIS', hidden, hidden)])).to.equal(undefined);
  });

  it('tells bars apart by words and by pattern, not by colour', () => {
    const html = svg([lab('ETIS', shown(40), shown(10))]);
    expect(html).to.include('>40 membres</text>').and.include('>10 mentors</text>');
    expect(html).to.include('fill="url(#chart-people-0)"').and.include('fill="url(#chart-people-1)"');
    expect(html).to.include('<pattern id="chart-people-1"');
  });

  it('has a title and a description that its role points to, and no style of its own', () => {
    const html = svg([lab('ETIS', shown(40), shown(10))]);
    expect(html).to.include('role="img" aria-labelledby="chart-people-title chart-people-desc"');
    expect(html).to.include('<title id="chart-people-title">Membres et mentors</title>');
    expect(html).to.include('<desc id="chart-people-desc">Barres par laboratoire.</desc>');
    expect(html).not.to.match(/style=|<style|<script|\son\w+=/u);
  });

  it('writes the name of a lab as text, never as markup', () => {
    expect(svg([lab('<b>L&amp;X</b>', shown(5), shown(5))])).to.include('&lt;b&gt;L&amp;amp;X&lt;/b&gt;');
  });
});
