// Every way into the door, on one screen. Mounted at /lti; errors end here, as a polite page or a short JSON.
import { fileURLToPath } from 'node:url';
import type { Request, Response, Router } from 'express';
import express from 'express';
import { strictRouter } from '../strict-routes.ts';
import type { CookieJar } from './cookies.ts';
import { createAnswer, createChooser } from './deep-linking.ts';
import { LtiError } from './errors.ts';
import { html, script } from './html.ts';
import { createLaunch } from './launch-handler.ts';
import { createLogin } from './login.ts';
import { createOpenTab } from './own-tab.ts';
import type { Parts } from './parts.ts';
import { politely, type Handler } from './refuse.ts';
import { createRegistration } from './registration.ts';
import { createStorageLaunch, createTransfer } from './storage-launch.ts';
import { word } from './texts.ts';

const ASSETS = fileURLToPath(new URL('./assets/', import.meta.url));
const KEY_SET_SECONDS = 3600;

export function createRouter(parts: Parts, jar: CookieJar): Router {
  const router = strictRouter();
  const to = politely(parts);
  const login = to(createLogin(parts, jar));
  router.get('/login', login);
  router.post('/login', login);
  router.post('/launch', to(createLaunch(parts, jar)));
  router.post('/launch/storage', to(createStorageLaunch(parts)));
  router.get('/launch', to(launchNeedsPost));
  router.get('/tab', to(tabPage(parts)));
  router.post('/tab', to(createTransfer(parts)));
  router.post('/tab/open', to(createOpenTab(parts)));
  router.get('/choose', to(createChooser(parts)));
  router.post('/choose', to(createAnswer(parts)));
  router.get('/register/:token', to(createRegistration(parts)));
  router.get('/session', to(hasSession(parts)));
  router.get('/keys', to(keySet(parts)));
  router.use('/assets', express.static(ASSETS, { index: false, maxAge: '1h', redirect: false }));
  return router;
}

function launchNeedsPost(_request: Request, response: Response): never {
  response.set('Allow', 'POST');
  throw new LtiError('launch_by_get');
}

function tabPage(parts: Parts): Handler {
  return async (request, response) => {
    const locale = parts.pages.localeOf(request);
    const slot = html`<p id="lti-failed" role="alert" hidden>${word('failed', locale)}</p>
      ${script('tab.js')}`;
    await parts.pages.send(response, { name: 'tab', locale, slot });
  };
}

/** For storage.js: was the cookie it was just given kept? */
function hasSession({ sessions, pages }: Parts): Handler {
  return async (request, response) => {
    pages.headers(response);
    const found = (await sessions.resume(request, 'visit')) ?? (await sessions.resume(request, 'choice'));
    response.sendStatus(found === undefined ? 401 : 204);
  };
}

function keySet({ toolKeys }: Parts): Handler {
  return async (request, response) => {
    const { body, etag } = await toolKeys.published();
    response.set({
      ETag: etag,
      'Cache-Control': `public, max-age=${KEY_SET_SECONDS}`,
      'Content-Type': 'application/json',
    });
    if (request.headers['if-none-match'] === etag) response.status(304).end();
    else response.send(body);
  };
}
