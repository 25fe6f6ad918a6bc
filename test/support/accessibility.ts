// Automatic accessibility checks (axe), in the page and in every frame it holds, cross-site ones too.
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import type { Page } from 'playwright-core';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails with one line per violation: rule, what is wrong, and where (frame first). */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  // The good practices count landmarks over all frames together, and a frame cannot know its platform's.
  const isAlone = page.frames().length === 1;
  const tags = isAlone ? [...STANDARD, 'best-practice'] : STANDARD;
  // Without frames the results need no second page to be put together in, which halves the cost.
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false }).withTags(tags);
  const { violations } = await builder.setLegacyMode(isAlone).analyze();
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${target.flat().join(' > ')})`),
  );
  expect(lines, `accessibility of ${page.url()}`).to.deep.equal([]);
}
