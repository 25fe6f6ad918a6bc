// What browser suites do with any page: come to it from the intranet, see that it is sound, keep its picture.
import { expect } from 'chai';
import type { Frame, FrameLocator, Page } from 'playwright-core';
import type { DemoPerson } from '../../service/demo/people.ts';
import { expectNoAxeViolations } from './accessibility.ts';
import type { Newcomer, TestApp } from './app.ts';
import type { Live } from './live.ts';

/** Clicks the intranet's link as this person, and waits for the page that it leads to. */
export async function arrive(app: TestApp, page: Page, person: Newcomer): Promise<void> {
  await app.enter(person);
  await page.setExtraHTTPHeaders({ 'x-person': person.subject });
  await page.goto(app.startOf(person.lab ?? 'etis', person.target));
  await page.waitForURL((address) => address.origin === app.baseUrl() && !address.pathname.startsWith('/lti'));
}

/** The tool's frame, inside the frame that the intranet's one line of HTML makes. */
export function toolIn(page: Page): FrameLocator {
  return page.frameLocator('iframe').frameLocator('iframe[name="tool"]');
}

/** Where the frame has no room for the places, they stand behind a word. */
export async function openPlaces(tool: FrameLocator): Promise<void> {
  const menu = tool.locator('.menu:not([open]) summary');
  if (await menu.isVisible()) await menu.press('Enter');
}

/** Signs in to the intranet, unless they have, clicks its link, and waits for the page that opens in the frame. */
export async function arriveInFrame(
  live: Live,
  page: Page,
  { labId, subject }: Pick<DemoPerson, 'labId' | 'subject'>,
): Promise<FrameLocator> {
  await page.goto(`${live.origin()}/${labId}`);
  const signIn = page.locator(`form:has(input[value="${subject}"]) button`);
  if ((await signIn.count()) > 0) await signIn.click();
  await page.getByRole('main').getByRole('link', { name: 'Mentorat Dialogue' }).click();
  const tool = toolIn(page);
  await tool.getByRole('heading', { level: 1 }).waitFor();
  // On a busy machine a frame may be loaded once more under what is typed into it before.
  for (const frame of page.frames()) await frame.waitForLoadState('load');
  return tool;
}

/** Accessible, and nothing sticks out of the window, or of that frame; its picture is kept with its width. */
export async function expectSound(page: Page, name: string, frame: Frame = page.mainFrame()): Promise<void> {
  await expectNoAxeViolations(page);
  const overflow = await frame.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  expect(overflow, `${name} sticks out`).to.be.at.most(0);
  await keepPicture(page, `${name}-${page.viewportSize()?.width ?? 0}`);
}

/** Pictures to look at, where somebody asks for them by naming a folder in PICTURES. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
