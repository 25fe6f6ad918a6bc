// What every page of the demonstration shares: language, headers, the model of the layout.
import type { Request, Response } from 'express';
import { render } from './views.ts';
import { type DemoLanguage, type DemoTexts, textsIn } from './texts.ts';
import type { DemoPerson } from './people.ts';

export interface MenuEntry {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

export interface PageModel {
  readonly title: string;
  /** Name and start page in the banner. */
  readonly name?: string;
  readonly home?: string;
  readonly theme?: string;
  readonly menu?: readonly MenuEntry[];
  readonly person?: DemoPerson;
  readonly script?: string;
}

/** The language asked for, kept in a cookie; else the signed-in person's; else the browser's. */
export function languageOf(req: Request, person?: DemoPerson): DemoLanguage {
  const wanted = [req.query['lang'], cookieOf(req, 'demo_language'), person?.locale].find(
    (code) => code === 'fr' || code === 'en',
  );
  return wanted ?? (req.acceptsLanguages('fr', 'en') === 'en' ? 'en' : 'fr');
}

export function textsFor(req: Request, person?: DemoPerson): DemoTexts {
  return textsIn(languageOf(req, person));
}

export function cookieOf(req: Request, name: string): string | undefined {
  const pairs = (req.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** The whole document of a template; headers are set on the way. */
export function document(
  req: Request,
  res: Response,
  view: { template: string; page: PageModel; model?: object },
): string {
  const { page } = view;
  const language = languageOf(req, page.person);
  if (req.query['lang'] === language) res.cookie('demo_language', language, { httpOnly: true, sameSite: 'lax' });
  res.set({
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  return render(view.template, {
    name: 'Mentorat Dialogue',
    home: '/',
    theme: '',
    menu: [],
    person: null,
    script: '',
    ...page,
    language,
    t: textsIn(language),
    ...view.model,
  });
}

export function send(req: Request, res: Response, view: { template: string; page: PageModel; model?: object }): void {
  res.type('html').send(document(req, res, view));
}

/** An instant in words, in the programme's zone. */
export function inWords(at: Date, language: DemoLanguage, zone: string): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}
