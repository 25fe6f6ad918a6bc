// Sends the door's own pages with the headers that fit a frame in the language of the launch or browser.
import type { Request, Response } from 'express';
import type { LtiErrorCode } from './errors.ts';
import type { Html } from './html.ts';
import { html, NOTHING } from './html.ts';
import type { Page, PageName, RenderPage } from './ports.ts';
import { pageText, refusalText, word } from './texts.ts';

export interface Pages {
  headers(response: Response): void;
  localeOf(request: Request, sent?: string): string;
  send(response: Response, page: PageOf): Promise<void>;
  refuse(response: Response, refusal: Refusal): Promise<void>;
}

export interface PageOf {
  name: Exclude<PageName, 'refused'>;
  locale: string;
  slot?: Html;
  status?: number;
}

export interface Refusal {
  code: LtiErrorCode;
  status: number;
  locale: string;
  /** None while the service is unavailable: no line of the log is about this answer alone. */
  reference?: string;
  /** Only from a token whose signature was verified. */
  returnUrl?: string;
}

export interface PagesOptions {
  renderPage: RenderPage;
  locales: string[];
  frameAncestors: (response: Response) => string[];
}

export function createPages({ renderPage, locales, frameAncestors }: PagesOptions): Pages {
  const headers = (response: Response): void => {
    const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors ${frameAncestors(response).join(' ')}`;
    response.set({
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // A frame that opens a tab must be able to hand it the way in; the house's stricter value would cut them apart.
      'Cross-Origin-Opener-Policy': 'unsafe-none',
    });
    response.removeHeader('X-Frame-Options');
  };
  const write = async (response: Response, page: Page, locale: string): Promise<void> => {
    const body = await renderPage(page, locale);
    headers(response);
    response.status(page.status).set('Content-Language', locale).type('html').send(body);
  };
  return {
    headers,
    localeOf: (request, sent) =>
      known(locales, sent) ?? known(locales, request.acceptsLanguages(locales) || undefined) ?? locales[0] ?? 'fr',
    send: (response, { name, locale, slot = NOTHING, status = 200 }) =>
      write(response, { name, status, ...pageText(name, locale), slot: slot.markup }, locale),
    refuse: (response, refusal) => {
      const { code, status, locale, reference } = refusal;
      const slot = wayBack(refusal).markup;
      const page: Page = { name: 'refused', status, code, ...refusalText(code, locale), slot };
      return write(response, reference === undefined ? page : { ...page, reference }, locale);
    },
  };
}

/** A language of the house, for "fr-CA" as for "fr". */
function known(locales: string[], wish: string | undefined): string | undefined {
  const language = wish?.split('-', 1)[0]?.toLowerCase();
  return locales.find((one) => one === language);
}

/** Core 5.3.9 (launch_presentation): return_url with lti_errormsg to show and lti_errorlog to keep. */
function wayBack({ returnUrl, code, locale, reference }: Refusal): Html {
  if (returnUrl === undefined) return NOTHING;
  const url = new URL(returnUrl);
  url.searchParams.set('lti_errormsg', refusalText(code, locale).title);
  url.searchParams.set('lti_errorlog', [code, reference].join(' ').trim());
  return html`<p><a class="btn btn-primary" target="_top" href="${url.href}">${word('back', locale)}</a></p>`;
}

/** Without the sentence nobody reads, which would be a second packet. */
export function sendTo(response: Response, status: 302 | 303, location: string): void {
  const headers = { Location: location, 'Content-Length': '0', 'Cache-Control': 'no-store' };
  response.writeHead(status, { ...headers, 'Referrer-Policy': 'no-referrer' }).end();
}

/** Plain pages for a tool without a house. */
export const renderPlainly: RenderPage = (page, locale) => {
  const sentences = page.sentences.map((one) => html`<p>${one}</p>`);
  const reference =
    page.reference === undefined ? NOTHING : html`<p>${word('reference', locale)} ${page.reference}</p>`;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${page.title}</title>
      </head>
      <body>
        <main>
          <h1>${page.title}</h1>
          ${sentences} ${{ markup: page.slot }} ${reference}
        </main>
      </body>
    </html>`.markup;
};
