// A platform for tests: real RSA keys, a real HTTP key set that can be made to misbehave, id_tokens as told.
import { createHmac, type KeyObject } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK } from 'jose';
import type { Registration } from '../../../lti/index.ts';
import { rsaPair } from '../../support/rsa.ts';

export const LTI = 'https://purl.imsglobal.org/spec/lti/claim/';
export const DEEP_LINKING = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings';
export const MEMBERSHIP = 'http://purl.imsglobal.org/vocab/lis/v2/membership#';

export type Claims = Record<string, unknown>;

export interface PlatformKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export function makeKey(kid: string): PlatformKey {
  return { kid, ...rsaPair() };
}

export class FakePlatform {
  readonly clientId: string;
  key: PlatformKey;
  /** What /keys answers; replaced by tests that make it misbehave. */
  keySet: RequestListener;
  keySetRequests = 0;
  /** Its other pages, for the tests with a browser. */
  site: RequestListener = (_request, response) => void response.writeHead(404).end();
  readonly #server: Server;

  private constructor(clientId: string, key: PlatformKey) {
    this.clientId = clientId;
    this.key = key;
    this.keySet = (_request, response) => void this.answerKeys([this.key], response);
    this.#server = createServer((request, response) => {
      if (!/^\/(?:keys|again)/.test(request.url ?? '')) {
        this.site(request, response);
        return;
      }
      this.keySetRequests += 1;
      this.keySet(request, response);
    });
  }

  static async start(clientId = 'client-1', key = makeKey('key-1')): Promise<FakePlatform> {
    const platform = new FakePlatform(clientId, key);
    await new Promise<void>((resolve) => platform.#server.listen(0, '127.0.0.1', resolve));
    return platform;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async answerKeys(keys: PlatformKey[], response: Parameters<RequestListener>[1], extra: object = { alg: 'RS256' }) {
    const jwks = await Promise.all(
      keys.map(async (key) => ({ ...(await exportJWK(key.publicKey)), kid: key.kid, use: 'sig', ...extra })),
    );
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: jwks }));
  }

  registration(change: Partial<Registration> = {}): Registration {
    return {
      id: `reg-${this.clientId}`,
      name: 'Test platform',
      issuer: this.issuer,
      clientId: this.clientId,
      authorizationUrl: `${this.issuer}/auth`,
      tokenUrl: `${this.issuer}/token`,
      keysetUrl: `${this.issuer}/keys`,
      frameOrigins: [this.issuer],
      source: 'manual',
      active: true,
      deployments: [{ id: 'dep-1', status: 'approved', tenant: 'etis', firstSeenAt: new Date(0) }],
      createdAt: new Date(0),
      ...change,
    };
  }

  /** A complete, right resource-link launch. */
  claims(facts: { nonce: string; target: string; now: Date }): Claims {
    const iat = Math.floor(facts.now.getTime() / 1000);
    return {
      iss: this.issuer,
      aud: this.clientId,
      sub: '5',
      iat,
      exp: iat + 60,
      nonce: facts.nonce,
      name: 'Ada Martin',
      given_name: 'Ada',
      family_name: 'Martin',
      email: 'ada@example.org',
      [`${LTI}version`]: '1.3.0',
      [`${LTI}message_type`]: 'LtiResourceLinkRequest',
      [`${LTI}deployment_id`]: 'dep-1',
      [`${LTI}target_link_uri`]: facts.target,
      [`${LTI}roles`]: [`${MEMBERSHIP}Learner`],
      [`${LTI}resource_link`]: { id: 'link-1', title: 'Mentorat' },
      [`${LTI}context`]: { id: '2', type: ['CourseSection'] },
      [`${LTI}launch_presentation`]: {
        locale: 'en',
        return_url: `${this.issuer}/return?session=secret-of-the-platform`,
      },
    };
  }

  sign(claims: Claims, header: Record<string, unknown> = {}, key = this.key): Promise<string> {
    const protectedHeader: { alg: string } & Record<string, unknown> = {
      alg: 'RS256',
      typ: 'JWT',
      kid: key.kid,
      ...header,
    };
    for (const [name, value] of Object.entries(protectedHeader)) {
      if (value === undefined) Reflect.deleteProperty(protectedHeader, name);
    }
    return new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader(protectedHeader)
      .sign(key.privateKey);
  }

  /** Two forgeries that need no private key. */
  unsigned(claims: Claims): string {
    return `${encode({ alg: 'none', kid: this.key.kid })}.${encode(claims)}.`;
  }

  signedWithPublicKey(claims: Claims): string {
    const pem = this.key.publicKey.export({ type: 'spki', format: 'pem' });
    const body = `${encode({ alg: 'HS256', kid: this.key.kid })}.${encode(claims)}`;
    return `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
