// A small real OpenID Connect provider: discovery, silent and asked sign-in, code exchange with PKCE, signed id_tokens.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { exportJWK, SignJWT } from 'jose';
import { listen } from './tool-keys.ts';
import { rsaPair } from '../../support/rsa.ts';

export interface Provider {
  issuer: string;
  /** Who is signed in at the provider; undefined for nobody. */
  subject: string | undefined;
  /** Changes what the next id_token says. */
  damage: Record<string, unknown>;
  /** Signs the next id_tokens with a key that is not published. */
  foreignKey: boolean;
  /** Fails every token request with this status. */
  tokenStatus: number | undefined;
  close(): void;
}

interface Granted {
  nonce: string;
  challenge: string;
  redirectUri: string;
  subject: string;
}

export const client = { clientId: 'intranet:lti', clientSecret: 'p@ss word+/' };

export async function startProvider(now: () => Date): Promise<Provider> {
  const pair = rsaPair();
  const foreign = rsaPair();
  const codes = new Map<string, Granted>();
  const app = express();
  const server = await listen(createServer(app));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = {
    issuer,
    subject: 'ada',
    damage: {},
    foreignKey: false,
    tokenStatus: undefined,
    close: () => server.close(),
  };

  app.get('/.well-known/openid-configuration', (_req, res) => {
    res.json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
    });
  });
  app.get('/jwks', async (_req, res) => {
    res.json({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'provider-1', alg: 'RS256', use: 'sig' }] });
  });
  app.get('/authorize', (req: Request, res: Response) => {
    const asked = req.query as Record<string, string>;
    const back = new URL(asked['redirect_uri']!);
    back.searchParams.set('state', asked['state']!);
    if (provider.subject === undefined) {
      back.searchParams.set('error', asked['prompt'] === 'none' ? 'login_required' : 'access_denied');
    } else {
      const code = randomUUID();
      codes.set(code, {
        nonce: asked['nonce']!,
        challenge: asked['code_challenge_method'] === 'S256' ? asked['code_challenge']! : '',
        redirectUri: asked['redirect_uri']!,
        subject: provider.subject,
      });
      back.searchParams.set('code', code);
    }
    res.redirect(303, back.href);
  });
  app.post('/token', express.urlencoded({ extended: false }), async (req, res) => {
    const body = req.body as Record<string, string>;
    const granted = codes.get(body['code']!);
    codes.delete(body['code']!);
    const challenge = createHash('sha256')
      .update(body['code_verifier'] ?? '')
      .digest('base64url');
    const encoded = `${encodeURIComponent(client.clientId)}:p%40ss+word%2B%2F`;
    const isClient = req.get('authorization') === `Basic ${Buffer.from(encoded).toString('base64')}`;
    if (!isClient || granted?.challenge !== challenge || granted.redirectUri !== body['redirect_uri']) {
      res.status(400).json({ error: 'invalid_grant' });
      return;
    }
    const iat = Math.floor(now().getTime() / 1000);
    const claims = {
      iss: issuer,
      aud: client.clientId,
      sub: granted.subject,
      nonce: granted.nonce,
      iat,
      exp: iat + 300,
    };
    const said = { ...claims, name: 'Ada Lovelace', email: 'ada@etis.example', locale: 'en', ...provider.damage };
    const token = new SignJWT(said).setProtectedHeader({ alg: 'RS256', kid: 'provider-1' });
    const idToken = await token.sign(provider.foreignKey ? foreign.privateKey : pair.privateKey);
    res.status(provider.tokenStatus ?? 200).json({ access_token: 'unused', token_type: 'Bearer', id_token: idToken });
  });
  return provider;
}
