// The HTML the platform serves: no inline script or style, every value escaped, one Content-Security-Policy per page.
import type { Response } from 'express';
import { textsIn, type Language } from './texts.ts';

export interface Frame {
  /** The issuer: assets are served under it. */
  base: string;
  language: Language;
  /** Origins that may hold our pages, beside our own. */
  embedders: readonly string[];
}

export interface Page {
  title: string;
  body: string;
  /** Attributes of the body element, already escaped. */
  attributes?: string;
  script?: 'submit.js' | 'storage.js';
  status?: number;
  formTarget?: string;
  frameSources?: readonly string[];
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

export function sendPage(res: Response, frame: Frame, page: Page): void {
  const script = page.script === undefined ? '' : `<script src="${asset(frame, page.script)}" defer></script>`;
  res
    .status(page.status ?? 200)
    .set('Content-Security-Policy', policy(frame, page))
    .type('html')
    .send(
      `<!doctype html><html lang="${frame.language}"><head><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(page.title)}</title>` +
        `<link rel="stylesheet" href="${asset(frame, 'platform.css')}">${script}</head>` +
        `<body${page.attributes ?? ''}>${page.body}</body></html>`,
    );
}

/** A form that a script sends, and that a visible button sends where scripts do not run. */
export function sendForm(res: Response, frame: Frame, form: { action: string; fields: Record<string, string> }): void {
  const texts = textsIn(frame.language);
  const inputs = Object.entries(form.fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  sendPage(res, frame, {
    title: texts.opening,
    script: 'submit.js',
    // Chromium also holds the redirect that answers a form to this list, and a tool's login leads back to us.
    formTarget: `${new URL(form.action).origin} ${new URL(frame.base).origin}`,
    body:
      `<main><form method="post" action="${escapeHtml(form.action)}">${inputs.join('')}` +
      `<p>${texts.opening}</p><button type="submit">${texts.continue}</button></form></main>`,
  });
}

export function sendText(res: Response, frame: Frame, text: { title: string; body: string; status?: number }): void {
  const body = `<main><h1>${escapeHtml(text.title)}</h1>${text.body}</main>`;
  sendPage(res, frame, { title: text.title, body, status: text.status ?? 200 });
}

export const frameAllow = 'clipboard-write';

/** The one line of HTML that embeds a link in a page of the intranet. */
export function frameHtml(issuer: string, { id, title }: { id: string; title: string }): string {
  const src = escapeHtml(`${issuer}/launch/${encodeURIComponent(id)}`);
  return `<iframe src="${src}" title="${escapeHtml(title)}" width="100%" height="800" allow="${frameAllow}"></iframe>`;
}

function policy(frame: Frame, page: Page): string {
  const own = new URL(frame.base).origin;
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    `form-action ${page.formTarget ?? "'none'"}`,
    `frame-src ${[own, ...(page.frameSources ?? [])].join(' ')}`,
    `frame-ancestors 'self' ${frame.embedders.join(' ')}`.trimEnd(),
    "base-uri 'none'",
  ].join('; ');
}

function asset(frame: Frame, name: string): string {
  return escapeHtml(`${frame.base}/assets/${name}`);
}
