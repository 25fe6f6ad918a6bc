// Sends a page, compressed where the browser takes it and the page shows no secret.
//
// A compressed answer tells by its length whether two of its parts are alike (BREACH): whoever can put words of their own into
// a page, has it fetched often and sees the lengths can guess a secret in it. So pages with a secret go as they are; the
// token of a form is masked anew in every answer; and the handles in "My data" open nothing without that token. What a page
// repeats of an address or a form is the asker's own, and nothing of another person stands beside it.
import { gzipSync } from 'node:zlib';
import type { Response } from 'express';

/** Pages that show, or hold in a form, what opens something by itself; and so does any page whose address is a secret. */
const pagesWithSecrets: ReadonlySet<string> = new Set([
  'admin-coordinators',
  'admin-invited',
  'admin-invites',
  // Nothing opens by the end of the chain, which is shown; it looks like what does.
  'admin-trail',
  'calendar-feed',
  'coordinator',
  'door',
  'own-tab',
  'survey',
  'twins',
]);

/** A page repeats its own address, where somebody changes the language on it. */
const hasSecretAddress = ({ locals }: Response): boolean => String(locals['route'] ?? '').includes(':token');

/** page: name of its template. */
export function sendHtml(response: Response, page: string, html: string): void {
  response.type('html');
  if (pagesWithSecrets.has(page) || hasSecretAddress(response)) {
    response.send(html);
    return;
  }
  response.vary('Accept-Encoding');
  if (response.req.acceptsEncodings('gzip') !== 'gzip') {
    response.send(html);
    return;
  }
  response.set('Content-Encoding', 'gzip').send(gzipSync(html));
}
