// The system's Chromium for the browser suites: one process per cookie policy and worker of the run, and a person's own cookies,
// that nobody else sees, for each page asked for. Nothing but this machine can be reached.
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

const EXECUTABLE = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';
const FAILURES = fileURLToPath(new URL('../../coverage/browser/', import.meta.url));
/**
 * What no test looks at, and costs as much as all pages together: a window's bar and its address field are pages of their own,
 * in processes of their own, drawn anew at each navigation.
 */
const UNSEEN = ['WebUIReloadButton', 'WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup'];
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--process-per-site',
  `--disable-features=${['SpareRendererForSitePerProcess', ...UNSEEN].join(',')}`,
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
];
/** Chromium's own preference; playwright has no option for it, and the flags of other versions have no effect. */
const COOKIE_CONTROLS_MODE = { allowed: 0, blocked: 1 } as const;

type CookiePolicy = keyof typeof COOKIE_CONTROLS_MODE;

export interface BrowserOptions {
  /** As Safari, Firefox and Debian's Chromium have it: `blocked` unless said otherwise. */
  thirdPartyCookies?: CookiePolicy;
  /** For every person of the suite, e.g. `{ locale: 'en-GB', javaScriptEnabled: false }`. */
  context?: BrowserContextOptions;
}

export interface TestBrowser {
  /** The test's first person: a new one, without cookies, for every test. */
  page(): Page;
  /** One more person with their own cookies, gone after the test. */
  newPerson(options?: BrowserContextOptions): Promise<Page>;
  /** Errors in scripts, refused resources and breaches of the content security policy, in this test so far. */
  problems(): string[];
}

/** Call inside a `describe`. A failed test leaves pictures of its pages in coverage/browser. */
export function useBrowser({ thirdPartyCookies = 'blocked', context = {} }: BrowserOptions = {}): TestBrowser {
  let contexts: BrowserContext[] = [];
  let problems: string[] = [];
  let first: Page | undefined;

  async function newPerson(options: BrowserContextOptions = {}): Promise<Page> {
    const browser = await sharedBrowser(thirdPartyCookies);
    const usual = { locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1280, height: 900 } };
    const person = await browser.newContext({ ...usual, ...context, ...options });
    contexts.push(person);
    person.setDefaultTimeout(50_000);
    person.on('weberror', (event) => problems.push(event.error().message));
    person.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    return person.newPage();
  }

  beforeEach('open a browser page', async function () {
    this.timeout(300_000);
    first = await newPerson();
  });

  afterEach('close the browser pages', async function () {
    if (this.currentTest?.state === 'failed') await keepPictures(contexts, this.currentTest.fullTitle());
    for (const person of contexts) await person.close();
    [contexts, problems, first] = [[], [], undefined];
  });

  return {
    page: () => {
      if (first === undefined) throw new Error('The browser page is open inside tests and hooks only.');
      return first;
    },
    newPerson,
    problems: () => [...problems],
  };
}

const browsers = new Map<CookiePolicy, Promise<Browser>>();

function sharedBrowser(policy: CookiePolicy): Promise<Browser> {
  const running = browsers.get(policy) ?? launch(policy);
  browsers.set(policy, running);
  return running;
}

async function launch(policy: CookiePolicy): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) {
    throw new Error('Chromium is missing: run `node bin/prepare.mjs --browser`, or name one in CHROME_PATH.');
  }
  const profile = await mkdtemp(path.join(tmpdir(), 'mentorat-browser-'));
  await mkdir(path.join(profile, 'Default'));
  const preferences = { profile: { cookie_controls_mode: COOKIE_CONTROLS_MODE[policy] } };
  await writeFile(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const own = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    chromiumSandbox: false,
    args: FLAGS,
  });
  // Playwright ends the browser when this process ends, and has registered that before.
  process.once('exit', () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  const browser = own.browser();
  if (browser === null) throw new Error('The browser behind the profile cannot be reached.');
  return browser;
}

async function keepPictures(contexts: BrowserContext[], title: string): Promise<void> {
  await mkdir(FAILURES, { recursive: true });
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);
  for (const [index, page] of contexts.flatMap((person) => person.pages()).entries()) {
    await page.screenshot({ path: path.join(FAILURES, `${name}-${index + 1}.png`), fullPage: true });
  }
}
