// Automatic accessibility checks (axe), in the page and in every frame it holds, cross-site ones too.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect } from 'chai';
import type { Frame, Page } from 'playwright-core';

/** The package's own `source` is more than twice as long, for the browser to read at each page. */
const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails with one line per violation: rule, what is wrong, and where (address of the frame first). */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  const frames = page.frames();
  // The good practices count landmarks over all frames together, and a frame cannot know its platform's.
  const values = frames.length === 1 ? [...STANDARD, 'best-practice'] : STANDARD;
  const lines: string[] = [];
  for (const frame of frames) lines.push(...(await violationsIn(frame, values)));
  expect(lines, `accessibility of ${page.url()}`).to.deep.equal([]);
}

/** What was found sound before in this worker, and by which rules. */
const sound = new Set<string>();

/** What axe judges of a document: its elements and how many of them are seen, but for what changes from load to load. */
const outline = `document.documentElement.outerHTML.replace(/[\\w-]{16,}/g, '') +
  [...document.querySelectorAll('*')].filter((one) => one.checkVisibility()).length`;

/**
 * Each frame is looked at by itself: putting the results of all together takes twice the time, and finds no more. The
 * intranet around a page is the same for all of them, and most pages are at a greater width what they were at a smaller.
 */
async function violationsIn(frame: Frame, values: string[]): Promise<string[]> {
  const key = [...values, await frame.evaluate<string>(outline)].join(' ');
  if (sound.has(key)) return [];
  const options: RunOptions = {
    runOnly: { type: 'tag', values },
    resultTypes: ['violations'],
    preload: false,
    iframes: false,
  };
  if (!(await frame.evaluate<boolean>(`'axe' in window`))) await frame.evaluate(script);
  const { violations } = await frame.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  if (violations.length === 0) sound.add(key);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${frame.url()} ${id}: ${help} (${target.flat().join(' > ')})`),
  );
}
