// The week's editor as people use it: by mouse, keyboard and touch, inside a frame of another origin, and without script.
import { expect } from 'chai';
import type { Frame, Page } from 'playwright-core';
import { demoPeople, type DemoPerson } from '../../service/demo/people.ts';
import { type Member } from '../../service/domain/member.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import { memberOf as memberFacts } from '../../service/demo/factories.ts';
import { arriveInFrame, expectSound, openPlaces } from '../support/browser-pages.ts';
import { useBrowser } from '../support/browser.ts';
import { useLive } from '../support/live.ts';

const tuesdaysAndThursdays = [
  { weekday: 2, from: 720, to: 840 },
  { weekday: 4, from: 720, to: 840 },
];

describe('the week’s editor in a frame', function () {
  this.timeout(300_000);
  const live = useLive();
  const browser = useBrowser();
  const people = demoPeople.filter(
    ({ labId, group, locale }) => labId === 'etis' && group !== 'coordination' && locale === 'fr',
  );
  let used = 0;

  const memberOf = async ({ name }: DemoPerson): Promise<Member> => {
    const { ports, connection } = live.service();
    const ids = (await connection.collection('members').find().toArray()).map(({ _id }) => String(_id));
    return (await ports.members.findMany(ids)).find((one) => one.name === name)!;
  };

  /** Somebody who has just become a mentor, with an empty week, at a page of theirs inside the intranet's. */
  async function open(page: Page, path = '/mentor'): Promise<{ frame: Frame; person: DemoPerson }> {
    const person = people[(used += 1)]!;
    const tool = await arriveInFrame(live, page, person);
    await tool.locator('input[name="name"]').fill(person.name);
    await tool.locator('input[name="email"]').fill(person.email);
    await tool.locator('input[name="agree"]').check();
    await tool.locator('form[action="/charter"] button').press('Enter');
    await tool.locator('form[action="/profile"]').waitFor();
    const { id } = await memberOf(person);
    const { profile, offer } = memberFacts({ offer: {} });
    const availability = { anyTime: false, windows: [], absences: [] };
    await live.service().ports.members.change(id, ['draft'], {
      ...{ status: 'active', addressProof: 'code', offer: offer! },
      profile: { ...profile!, availability },
    });
    await tool.locator('.brand a').press('Enter');
    await tool.locator('section[aria-labelledby="offer"]').waitFor();
    await openPlaces(tool);
    await tool.locator(`.places a[href="${path}"]`).press('Enter');
    await tool.locator('.week-grid, [data-week-rows]').first().waitFor();
    return { frame: page.frame('tool')!, person };
  }
  const cell = (frame: Frame, weekday: number, slot: number) =>
    frame.locator(`td[data-slot="${(weekday - 1) * 48 + slot}"]`);
  /** Presses, moves and lets go, as a hand does. */
  async function drag(page: Page, frame: Frame, [weekday, from, to]: [number, number, number]): Promise<void> {
    await cell(frame, weekday, from).scrollIntoViewIfNeeded();
    const boxes = [await cell(frame, weekday, from).boundingBox(), await cell(frame, weekday, to).boundingBox()];
    const [begin, end] = boxes.map((box) => [box!.x + box!.width / 2, box!.y + box!.height / 2] as const);
    await page.mouse.move(...begin!);
    await page.mouse.down();
    await page.mouse.move(begin![0], (begin![1] + end![1]) / 2);
    await page.mouse.move(...end!);
    await page.mouse.up();
  }

  const hoursOf = async (person: DemoPerson) => (await memberOf(person)).profile?.availability;
  const focusIn = (frame: Frame): Promise<string> => frame.evaluate<string>('document.activeElement.id');

  it('does the reference task in at most eight acts of the mouse', async () => {
    const page = browser.page();
    const { frame, person } = await open(page);
    let acts = 0;
    const act = async (doing: () => Promise<unknown>): Promise<void> => {
      acts += 1;
      await doing();
    };
    await act(() => drag(page, frame, [2, 24, 27]));
    await act(() => drag(page, frame, [4, 24, 27]));
    await act(() => frame.locator('input[name="awayWeek"]').click());
    await act(() => frame.locator('input[name="capacity"][value="2"]').click());
    // The day is typed where one has clicked.
    await act(() => frame.locator('input[name="pauseFrom"]').click());
    await frame.locator('input[name="pauseFrom"]').fill('2099-12-20');
    await act(() => frame.locator('[data-save-bar] button').click());
    await frame.locator('.told[data-arrive]').waitFor();
    expect(acts).to.be.at.most(8);
    await expectTask(person);
    expect(browser.problems()).to.deep.equal([]);
  });

  /** Tuesdays and Thursdays 12 to 14 but next week, at most two dialogues, paused from the 20th of December of a year. */
  async function expectTask(person: DemoPerson): Promise<void> {
    const { offer } = await memberOf(person);
    const { windows, absences } = (await hoursOf(person))!;
    expect(windows).to.deep.equal(tuesdaysAndThursdays);
    expect(absences).to.have.lengthOf(1);
    expect(new Date(absences[0]!.fromOn).getUTCDay(), 'a Monday').to.equal(1);
    expect(offer).to.include({ capacity: 2, pausedFrom: '2099-12-20', pausedUntil: untilResumed });
  }

  it('does it in at most 45 presses of a key by keyboard alone, and says what is marked', async () => {
    const page = browser.page();
    const { frame, person } = await open(page);
    let presses = 0;
    const press = async (key: string, times = 1): Promise<void> => {
      for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
      presses += times;
    };
    const tabTo = async (selector: string): Promise<void> => {
      for (let tabs = 0; tabs < 30; tabs += 1) {
        await press('Tab');
        if (await frame.evaluate<boolean>(`document.activeElement.matches('${selector}')`)) return;
      }
      throw new Error(`no way to ${selector}`);
    };
    await frame.locator('.skip').focus();
    await press('Enter');
    await tabTo('input[name="capacity"]');
    await tabTo('input[name="pauseFrom"]');
    // Chromium's own order, whatever the language of the page.
    await page.keyboard.type('12202099');
    presses += 8;
    await tabTo('td[data-slot]');
    await press('ArrowRight');
    await press('PageDown');
    await press('Shift+ArrowDown', 3);
    await press('Space');
    const said = frame.locator('.week-editor [data-said]');
    expect(await said.textContent()).to.equal('Mardi de 12\u00a0h à 14\u00a0h, disponible');
    await press('ArrowRight', 2);
    await press('Shift+ArrowUp', 3);
    await press('Space');
    expect(await said.textContent()).to.equal('Jeudi de 12\u00a0h à 14\u00a0h, disponible');
    await tabTo('input[name="awayWeek"]');
    await press('Space');
    await tabTo('[data-save-bar] button');
    await press('Enter');
    await frame.locator('.told[data-arrive]').waitFor();
    expect(presses).to.be.at.most(45);
    await expectTask(person);
  });

  it('paints by touch without catching the page’s scroll, undoes and redoes, and tells what it means', async () => {
    const page = await browser.newPerson({ viewport: { width: 360, height: 740 }, hasTouch: true });
    const { frame, person } = await open(page, '/availability');
    // As a finger does it: what a browser's driver taps gets lost in a frame on a busy machine.
    const finger = (slot: number, rest: boolean, halves: number) =>
      frame.evaluate<boolean>(`(async () => {
        const box = document.querySelector('td[data-slot="${slot}"]');
        box.scrollIntoView({ block: 'center' });
        const { left, top, height } = box.getBoundingClientRect();
        const at = (y) => new Touch({ identifier: 1, target: box, clientX: left + 5, clientY: y });
        const send = (type, y) => {
          const touches = type === 'touchend' ? [] : [at(y)];
          return box.dispatchEvent(new TouchEvent(type, { bubbles: true, cancelable: true, touches, changedTouches: [at(y)] }));
        };
        send('touchstart', top + 5);
        if (${String(rest)}) await new Promise((done) => setTimeout(done, 900));
        const mayScroll = ${String(halves)} === 0 || send('touchmove', top + ${String(halves)} * height + 5);
        send('touchend', top + ${String(halves)} * height + 5);
        return mayScroll;
      })()`);
    for (const slot of [24, 25]) {
      await finger(slot, false, 0);
      expect(await cell(frame, 1, slot).getAttribute('aria-selected')).to.equal('true');
    }
    await frame
      .locator('[data-week-sentence]', { hasText: 'Vous êtes disponible lundi de 12\u00a0h à 13\u00a0h.' })
      .waitFor();
    expect(await frame.locator('[data-unsaved]').isVisible()).to.equal(true);
    const [undo, redo] = ['Annuler', 'Rétablir'].map((name) => frame.getByRole('button', { name, exact: true }));
    await undo!.press('Enter');
    expect(await cell(frame, 1, 25).getAttribute('aria-selected')).to.equal('false');
    await redo!.press('Enter');
    // A finger that moves at once scrolls the page; one that rests first paints.
    const wednesday = 2 * 48 + 20;
    expect([await finger(wednesday, false, 3), await finger(wednesday, true, 3)]).to.deep.equal([true, false]);
    await frame.locator('[data-save-bar] button').press('Enter');
    await frame.locator('.told[data-arrive]').waitFor();
    expect((await hoursOf(person))?.windows).to.deep.equal([
      { weekday: 1, from: 720, to: 780 },
      { weekday: 3, from: 600, to: 720 },
    ]);
  });

  it('keeps the button in sight, in a frame that is as high as its page, too', async () => {
    const page = browser.page();
    await page.setViewportSize({ width: 900, height: 600 });
    const { frame } = await open(page);
    const bar = frame.locator('[data-save-bar]');
    const around = await page.locator('iframe').first().boundingBox();
    expect(around?.height, 'no inner scroll').to.be.above(1200);
    for (const y of [300, 700]) {
      await page.evaluate(`scrollTo(0, ${String(y)})`);
      let bottom = Number.NaN;
      for (let tries = 0; tries < 100 && !(bottom > 450 && bottom <= 640); tries += 1) {
        await page.waitForTimeout(50);
        const box = await bar.boundingBox();
        bottom = box ? box.y + box.height : Number.NaN;
      }
      expect(bottom, `the bar's end in the window, scrolled to ${y}`).to.be.within(450, 640);
    }
  });

  it('is rows of days and hours without script, and keeps what the editor stored', async () => {
    const { frame, person } = await open(browser.page(), '/availability');
    await drag(browser.page(), frame, [2, 24, 27]);
    await frame.locator('[data-save-bar] button').press('Enter');
    await frame.locator('.told[data-arrive]').waitFor();
    // The same page as a browser without script has it: what its rows would send is what is stored.
    const plain = await frame.evaluate<string>(`fetch('/availability').then((answer) => answer.text())`);
    const rows = await frame.evaluate<string[]>(`(() => {
      const page = new DOMParser().parseFromString(${JSON.stringify(plain)}, 'text/html');
      return [...new FormData(page.querySelector('form[data-editor]'))].map((pair) => pair.join('=')).filter((one) => /^(days|from|to)0=/.test(one));
    })()`);
    expect(rows).to.deep.equal(['days0=2', 'from0=12:00', 'to0=14:00']);
    expect((await hoursOf(person))?.windows).to.deep.equal(tuesdaysAndThursdays.slice(0, 1));
  });

  for (const [locale, width] of [
    ['fr', 320],
    ['fr', 360],
    ['en', 1280],
  ] as const) {
    it(`is accessible, and nothing sticks out of its frame, at ${width} pixels`, async () => {
      const page = await browser.newPerson({ viewport: { width, height: 900 } });
      const { frame } = await open(page);
      await drag(page, frame, [2, 24, 27]);
      await expectSound(page, `my-mentoring-${locale}`, frame);
      expect(await focusIn(frame)).to.equal('');
    });
  }
});
