// Every way into one platform.
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { serveAsset } from './assets.ts';
import { authorise } from './authorise.ts';
import { connect, showConnect } from './connect.ts';
import { takeDeepLinkingAnswer } from './deep-linking.ts';
import { PlatformError } from './errors.ts';
import { serveKeys } from './key-set.ts';
import {
  showClientPage,
  showLaunchPage,
  showReturn,
  showStorageFrame,
  startDeepLinking,
  startLink,
  startPrivacy,
} from './launch.ts';
import { refuseToken, register, serveConfiguration } from './registration.ts';
import { onError, type Failure } from './on-error.ts';
import { sendText } from './pages.ts';
import { frameFor, type Room } from './room.ts';
import { textsIn } from './texts.ts';
import { strictRouter } from '../strict-routes.ts';

export function createRouter(room: Room): Router {
  const router = strictRouter();
  const form = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 50 });
  const answerForm = express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 50 });
  router.use(asTheIssuerWritesIt(room), setHeaders);
  router.get('/keys', (req, res) => serveKeys(room, req, res));
  router.get('/launch/:link', (req, res) => showLaunchPage(room, req, res));
  router.get('/start/:link', (req, res) => startLink(room, req, res));
  router.get('/privacy/:client', (req, res) => showClientPage(room, req, res));
  router.get('/deep-linking/:client', (req, res) => showClientPage(room, req, res));
  router.get('/start-privacy/:client', (req, res) => startPrivacy(room, req, res));
  router.get('/start-deep-linking/:client', (req, res) => startDeepLinking(room, req, res));
  router.post('/deep-linking/return', answerForm, (req, res) => takeDeepLinkingAnswer(room, req, res));
  router.get('/auth', (req, res) => authorise(room, req, res));
  router.post('/auth', form, (req, res) => authorise(room, req, res));
  router.get('/storage/:client', (req, res) => showStorageFrame(room, req, res));
  router.get('/.well-known/openid-configuration', (_req, res) => {
    serveConfiguration(room, res);
  });
  router.post('/register', express.json({ limit: '64kb' }), (req, res) => register(room, req, res));
  router.post('/token', (_req, res) => {
    refuseToken(res);
  });
  router.get('/connect', (req, res) => showConnect(room, req, res));
  router.post('/connect', form, (req, res) => connect(room, req, res));
  router.get('/return', (req, res) => {
    showReturn(room, req, res);
  });
  router.get('/assets/:name', serveAsset);
  if (room.identity.router !== undefined) router.use(room.identity.router);
  router.use(onError(room.errors, (failure) => showRefusal(room, failure)));
  return router;
}

/** The host application's mount may ignore capitals; single sign-on in front of it does not. */
function asTheIssuerWritesIt({ issuer }: Room): RequestHandler {
  const { pathname } = new URL(issuer);
  return ({ baseUrl }, _res, next) => {
    const own = pathname.slice(-baseUrl.length);
    next(own !== baseUrl && own.toLowerCase() === baseUrl.toLowerCase() ? 'router' : undefined);
  };
}

function setHeaders(_req: Request, res: Response, next: NextFunction): void {
  res.set({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'strict-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  });
  // The host application may set it for its own pages; it would forbid the launch frame that our policy allows.
  res.removeHeader('X-Frame-Options');
  next();
}

/** Refusals become a page with one sentence. */
function showRefusal(room: Room, { error, req, res }: Failure): boolean {
  const refusal = asRefusal(error);
  if (refusal === undefined) return false;
  const frame = frameFor(room, req);
  const texts = textsIn(frame.language);
  const body = `<p>${texts.errors[refusal.code]}</p>`;
  sendText(res, frame, { title: texts.errorTitle, body, status: refusal.status });
  return true;
}

function asRefusal(error: unknown): PlatformError | undefined {
  if (error instanceof PlatformError) return error;
  // The body parser refuses what is too large or badly encoded with a 4xx of its own.
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? new PlatformError('malformed_request') : undefined;
}
