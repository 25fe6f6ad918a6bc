// The person as an OpenID Connect provider names them: authorisation code flow with PKCE, and an encrypted cookie of our own.
import { randomBytes } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { strictRouter } from '../../strict-routes.ts';
import { createSealer, personSchema, type Sealer } from '../cookie.ts';
import { PlatformError } from '../errors.ts';
import { sameText } from '../hints.ts';
import { sendText } from '../pages.ts';
import { languageOf, textsIn } from '../texts.ts';
import { createProvider, type Provider, type ProviderOptions } from './provider.ts';
import type { IdentitySource, Person } from '../types.ts';

export interface OidcIdentity extends Omit<ProviderOptions, 'redirectUri'> {
  /** The platform's issuer; the provider must know `<base>/signin/callback` as redirect URI. */
  base: string;
  /** At least 32 bytes; encrypts the cookies. */
  secret: Buffer;
  /** Subjects (as the provider sends them) who may connect tools and add links. */
  administrators?: readonly string[] | undefined;
}

const signInSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Path under the base. */
  to: z.string(),
});

const callbackSchema = z.object({
  state: z.string().regex(/^[\w-]{43}$/),
  code: z.string().max(4096).optional(),
  error: z.string().max(255).optional(),
  iss: z.string().optional(),
});

const ownPath = /^\/(launch|start|privacy|start-privacy|deep-linking|start-deep-linking|connect)(\/[\w.~%-]+)?$/;
const personCookie = { name: 'lti_person', seconds: 8 * 3600 };
/** One cookie per sign-in, so that two frames of one page do not take each other's. */
const signInCookie = (state: string) => ({ name: `lti_signin_${state.slice(0, 8)}`, seconds: 600 });

interface Parts {
  options: OidcIdentity;
  provider: Provider;
  sealer: Sealer;
}

export function oidcIdentity(options: OidcIdentity): IdentitySource {
  const provider = createProvider({ ...options, redirectUri: `${options.base}/signin/callback` });
  const parts = { options, provider, sealer: createSealer(options) };
  return {
    identify: (req) => parts.sealer.open(req, personCookie, personSchema),
    async signIn(req, res, returnTo) {
      // A provider rarely lets itself be framed: inside a frame only the silent way is tried.
      const silent = ['iframe', 'frame'].includes(req.get('sec-fetch-dest') ?? '');
      await begin(parts, res, { to: returnTo.slice(options.base.length), silent });
    },
    router: routes(parts),
  };
}

function routes(parts: Parts): Router {
  const router = strictRouter();
  router.get('/signin', async (req, res) => {
    const to = z.string().regex(ownPath).safeParse(req.query['to']);
    if (!to.success) throw new PlatformError('malformed_request');
    await begin(parts, res, { to: to.data, silent: false });
  });
  router.get('/signin/callback', (req, res) => finish(parts, req, res));
  router.post('/signout', (_req, res) => {
    parts.sealer.clear(res, personCookie);
    res.redirect(303, `${parts.options.base}/return`);
  });
  return router;
}

async function begin({ provider, sealer }: Parts, res: Response, { to, silent }: { to: string; silent: boolean }) {
  const random = () => randomBytes(32).toString('base64url');
  const signIn = { state: random(), nonce: random(), verifier: random(), to };
  const url = await provider.authorisationUrl({ ...signIn, silent });
  await sealer.seal(res, signInCookie(signIn.state), signIn);
  res.redirect(303, url);
}

async function finish(parts: Parts, req: Request, res: Response): Promise<void> {
  const { provider, sealer, options } = parts;
  const answer = callbackSchema.safeParse(req.query);
  if (!answer.success) throw new PlatformError('sign_in_failed');
  const cookie = signInCookie(answer.data.state);
  const signIn = await sealer.open(req, cookie, signInSchema);
  sealer.clear(res, cookie);
  if (signIn === undefined || !sameText(answer.data.state, signIn.state)) throw new PlatformError('sign_in_failed');
  const { error, code, iss } = answer.data;
  if (error === 'login_required' || error === 'interaction_required' || error === 'consent_required') {
    offerSignIn(parts, { req, res }, signIn.to);
    return;
  }
  // RFC 9207: an answer that names another provider is a mix-up attack.
  if (error !== undefined || code === undefined || (iss !== undefined && iss !== options.provider)) {
    throw new PlatformError('sign_in_failed');
  }
  await sealer.seal(res, personCookie, personOf(await provider.exchange(code, signIn), options));
  res.redirect(303, `${options.base}${signIn.to}`);
}

/** A frame cannot show the provider's form, so the person signs in beside it. */
function offerSignIn({ options }: Parts, { req, res }: { req: Request; res: Response }, to: string): void {
  const language = languageOf(req);
  const texts = textsIn(language);
  const href = `${options.base}/signin?to=${encodeURIComponent(to)}`;
  const frame = { base: options.base, language, embedders: options.embedders ?? [] };
  const body = `<p><a href="${href}" target="_blank" rel="noopener">${texts.signIn}</a></p>`;
  sendText(res, frame, { title: texts.signInNeeded, body, status: 401 });
}

function personOf(claims: Record<string, unknown>, options: OidcIdentity): Person {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 255) : undefined);
  const subject = text(claims['sub']);
  if (subject === undefined) throw new PlatformError('sign_in_failed');
  return {
    subject,
    name: text(claims['name']),
    email: text(claims['email']),
    locale: text(claims['locale']),
    roles: options.administrators?.includes(subject) === true ? ['Administrator'] : undefined,
  };
}
