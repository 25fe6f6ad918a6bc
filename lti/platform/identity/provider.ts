// Speaks to one OpenID Connect provider: discovery, authorisation address, code exchange, id_token verification.
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type RemoteJWKSet } from 'jose';
import { z } from 'zod';
import { PlatformError } from '../errors.ts';
import type { Clock } from '../types.ts';

const timeoutMs = 5000;
const leewaySeconds = 60;
const rediscoverMs = 3_600_000;
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

export interface ProviderOptions {
  /** Issuer of the provider, exactly as its configuration says. */
  provider: string;
  clientId: string;
  /** Absent for a public client. */
  clientSecret?: string | undefined;
  redirectUri: string;
  clock: Clock;
  /** Default: "openid profile email". */
  scope?: string | undefined;
  /** Origins beside our own that may frame our pages. */
  embedders?: readonly string[] | undefined;
}

export interface SignIn {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Provider {
  authorisationUrl(signIn: SignIn & { silent: boolean }): Promise<string>;
  /** @throws PlatformError sign_in_failed when the provider refuses or its token does not stand. */
  exchange(code: string, signIn: SignIn): Promise<JWTPayload>;
}

const configurationSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
});

type Configuration = z.infer<typeof configurationSchema> & { keys: RemoteJWKSet };

export function createProvider(options: ProviderOptions): Provider {
  let known: Promise<Configuration> | undefined;
  let readAt = 0;
  const configuration = () => {
    const now = options.clock.now().getTime();
    if (known === undefined || now - readAt > rediscoverMs) {
      readAt = now;
      known = discover(options);
      // A provider that was down for a moment is asked again by the next person.
      known.catch(() => (known = undefined));
    }
    return known;
  };
  return {
    async authorisationUrl(signIn) {
      const url = new URL((await configuration()).authorization_endpoint);
      const parameters = {
        response_type: 'code',
        client_id: options.clientId,
        redirect_uri: options.redirectUri,
        scope: options.scope ?? 'openid profile email',
        state: signIn.state,
        nonce: signIn.nonce,
        code_challenge: createHash('sha256').update(signIn.verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...(signIn.silent && { prompt: 'none' }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
    async exchange(code, signIn) {
      const known = await configuration();
      return verify(options, { known, signIn, idToken: await redeem(options, known, { code, signIn }) });
    },
  };
}

async function discover({ provider }: ProviderOptions): Promise<Configuration> {
  const address = `${provider.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const parsed = configurationSchema.safeParse(await fetchJson(address, {}));
  // OIDC Discovery 4.3: the configuration must name the very issuer that was asked.
  if (!parsed.success || parsed.data.issuer !== provider) throw new PlatformError('sign_in_failed');
  const keys = createRemoteJWKSet(new URL(parsed.data.jwks_uri), { timeoutDuration: timeoutMs });
  return { ...parsed.data, keys };
}

async function redeem(
  options: ProviderOptions,
  known: Configuration,
  { code, signIn }: { code: string; signIn: SignIn },
): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: options.redirectUri,
    code_verifier: signIn.verifier,
  });
  const headers = authenticate(options, known, body);
  const answer = await fetchJson(known.token_endpoint, { method: 'POST', body, headers });
  const parsed = z.object({ id_token: z.string() }).safeParse(answer);
  if (!parsed.success) throw new PlatformError('sign_in_failed');
  return parsed.data.id_token;
}

function authenticate(options: ProviderOptions, known: Configuration, body: URLSearchParams): Record<string, string> {
  const { clientId, clientSecret } = options;
  if (clientSecret === undefined || !known.token_endpoint_auth_methods_supported.includes('client_secret_basic')) {
    body.set('client_id', clientId);
    if (clientSecret !== undefined) body.set('client_secret', clientSecret);
    return {};
  }
  // RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
  const encoded = [clientId, clientSecret].map((part) =>
    new URLSearchParams({ part }).toString().slice('part='.length),
  );
  return { authorization: `Basic ${Buffer.from(encoded.join(':')).toString('base64')}` };
}

/** OIDC Core 3.1.3.7. */
async function verify(
  options: ProviderOptions,
  { known, signIn, idToken }: { known: Configuration; signIn: SignIn; idToken: string },
): Promise<JWTPayload> {
  const checks = {
    issuer: options.provider,
    audience: options.clientId,
    algorithms,
    clockTolerance: leewaySeconds,
    requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
    currentDate: options.clock.now(),
  };
  const verified = await jwtVerify(idToken, known.keys, checks).catch((error: unknown) => {
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw new PlatformError('sign_in_failed');
    throw error;
  });
  const { nonce, aud, azp } = verified.payload;
  const isForUs = azp === undefined ? !Array.isArray(aud) || aud.length === 1 : azp === options.clientId;
  if (nonce !== signIn.nonce || !isForUs) throw new PlatformError('sign_in_failed');
  return verified.payload;
}

async function fetchJson(address: string, init: RequestInit): Promise<unknown> {
  try {
    const answer = await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (!answer.ok) throw new PlatformError('sign_in_failed');
    return await answer.json();
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    // No connection, a time-out, a redirect, or no JSON: fetch gives each another class of error.
    throw new PlatformError('sign_in_failed');
  }
}
