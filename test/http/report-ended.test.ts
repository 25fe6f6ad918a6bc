// The report's sections about dialogues that ended: who sees them, what they say, and that they are accessible.
import { expect } from 'chai';
import type { ClosingFact } from '../../service/domain/report/closing-fact.ts';
import { takeSnapshot } from '../../service/usecases/take-snapshot.ts';
import { crossLabCoordinator, labCoordinator, monday, plain, useApp } from '../support/app.ts';
import { arrive, expectSound } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';

const fact: Omit<ClosingFact, 'id'> = {
  ...{ month: '2026-02', format: 'six_months', closing: 'completed', menteeLabId: 'etis', mentorLabId: 'lix' },
  ...{ duration: '3_to_6_months', firstMeeting: 'within_21_days', surveyed: true },
};

describe('the report on dialogues that ended', function () {
  this.timeout(300_000);
  const app = useApp();
  const browser = useBrowser();
  const words = (html: string): string => plain(html.replace(/<[^>]*>/gu, ' ')).replace(/[\s\u00a0]+/gu, ' ');

  before(async () => {
    app.clock.set(monday);
    const { closings, surveys } = app.service().ports;
    const facts = Array.from({ length: 30 }, (_, at): ClosingFact => {
      const early = {
        closing: 'no_contact',
        duration: '1_to_3_months',
        firstMeeting: 'none',
        surveyed: false,
      } as const;
      return { ...fact, ...(at < 6 ? early : {}), month: at % 2 ? '2026-05' : '2026-02', id: `fact-${String(at)}` };
    });
    await closings.add(facts);
    for (let at = 0; at < 24; at += 1) {
      const [quarter, side] = [at % 2 ? '2026-Q1' : '2026-Q2', at < 15 ? 'mentee' : 'mentor'] as const;
      const replies = { useful: at % 4 ? 'yes' : 'no', received: 'rather_yes', outside_hierarchy: 'unsaid' } as const;
      await surveys.insert({ id: `answer-${String(at)}`, quarter, side, replies: { ...replies, confidential: 'yes' } });
    }
    await takeSnapshot(app.service().ports);
  });

  it('tells the coordinator of all labs shares, with their quarters, and hides a side that is too small', async () => {
    const visitor = await app.enter({ subject: crossLabCoordinator, target: '/report' });
    const text = words(visitor.last?.text ?? '');
    expect(text).to.include('du 1er trimestre 2026 au 2e trimestre 2026');
    expect(text).to.include('Dialogues menés à leur terme : 80 %.');
    expect(text).to.include('24 réponses reçues ; part des personnes interrogées : 50 %.');
    expect(text).to.include('Le dialogue a été utile : 75 % de réponses favorables.');
    expect(text).to.include('Dialogue utile 75 % effectif insuffisant effectif insuffisant');
    expect(text).to.include('En dehors de toute hiérarchie effectif insuffisant');
  });

  it('tells the coordinator of one lab nothing of it', async () => {
    const visitor = await app.enter({ subject: labCoordinator, lab: 'liris', target: '/report' });
    expect(visitor.last?.status).to.equal(200);
    expect(words(visitor.last?.text ?? '')).to.not.match(/trimestre|réponses favorables|Dialogues terminés/u);
  });

  for (const [locale, width] of [
    ['fr', 360],
    ['en', 1280],
  ] as const) {
    it(`is accessible, and nothing sticks out, in ${locale} at ${width} pixels`, async () => {
      const page = browser.page();
      await page.setViewportSize({ width, height: 800 });
      await arrive(app, page, { subject: crossLabCoordinator, locale, target: '/report' });
      expect(page.url()).to.equal(`${app.baseUrl()}/report`);
      for (const details of await page.locator('main details').all()) await details.locator('summary').click();
      await expectSound(page, `report-ended-${locale}`);
      expect(browser.problems()).to.deep.equal([]);
    });
  }
});
