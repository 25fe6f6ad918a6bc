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
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${target.flat().join(' > ')})`),
  );
  expect(lines, `accessibility of ${page.url()}`).to.deep.equal([]);
}
