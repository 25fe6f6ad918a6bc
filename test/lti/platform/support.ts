// One platform with real keys in an Express app of its own, a clock the test moves, and a tool that is only an address.
import express, { type Express } from 'express';
import request, { type Response } from 'supertest';
import {
  createPlatform,
  memoryKeys,
  type Person,
  type Platform,
  type PlatformOptions,
  type Tool,
} from '../../../lti/platform/index.ts';
import { rsaPair } from '../../support/rsa.ts';

export const start = new Date('2026-11-23T09:00:00Z');

export class MovingClock {
  #now = start;

  now(): Date {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }
}

export const ada: Person = {
  subject: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@etis.example',
  locale: 'en',
  roles: ['Learner'],
};

export const tool: Tool = {
  clientId: 'mentorat',
  deploymentId: '1',
  loginUrl: 'https://tool.example/lti/login',
  redirectUris: ['https://tool.example/lti/launch'],
  targetLinkUri: 'https://tool.example/',
  keysetUrl: 'https://tool.example/lti/keys',
  title: 'Mentorat Dialogue',
};

export interface Intranet {
  app: Express;
  platform: Platform;
  clock: MovingClock;
  /** Who is signed in; undefined for nobody. */
  person: Person | undefined;
}

export const issuer = 'https://intranet.etis.example/lti';

// Making RSA keys is slow: all suites but the one about keys share two.
const given = [0, 1].map(() => rsaPair().privateKey);

export function intranet(options: Partial<PlatformOptions> = {}): Intranet {
  const clock = new MovingClock();
  const app = express();
  const made: Intranet = {
    app,
    clock,
    person: ada,
    platform: createPlatform({
      issuer,
      clock,
      keys: memoryKeys(given),
      tools: [tool],
      identity: () => made.person,
      ...options,
    }),
  };
  app.use('/lti', made.platform.router);
  return made;
}

/** Follows a launch up to the tool's login and gives what the tool would read there. */
export async function begin(app: Express, path = '/lti/start/mentorat'): Promise<Record<string, string>> {
  const { headers } = await request(app).get(path).expect(303);
  return Object.fromEntries(new URL(headers['location'] ?? '').searchParams);
}

/** What a tool asks for after its login. */
export function authoriseQuery(login: Record<string, string>): Record<string, string> {
  return {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: login['client_id'] ?? '',
    redirect_uri: 'https://tool.example/lti/launch',
    login_hint: login['login_hint'] ?? '',
    lti_message_hint: login['lti_message_hint'] ?? '',
    state: 'the-state',
    nonce: 'the-nonce',
  };
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** The form of a page as a browser would send it. */
export function formOf({ text }: Pick<Response, 'text'>): { action: string; fields: Record<string, string> } {
  const plain = (value = '') => value.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '');
  const inputs = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return {
    action: plain(/<form method="post" action="([^"]*)"/.exec(text)?.[1]),
    fields: Object.fromEntries(inputs.map(([, name, value]) => [plain(name), plain(value)])),
  };
}
