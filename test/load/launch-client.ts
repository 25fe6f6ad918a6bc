// One person's way in, as a browser does it, with nothing but node:http in between: the client must not be what is measured.
import { sign } from 'node:crypto';
import http from 'node:http';
import { promisify } from 'node:util';
import type { FakePlatform } from '../lti/support/fake-platform.ts';
import type { Variant } from './launch.ts';

export interface Way {
  variant: Variant;
  port: number;
  platform: FakePlatform;
}

export interface Lap {
  loginMs: number;
  launchMs: number;
  pageMs: number;
}

interface Answer {
  status: number;
  location: string;
  cookies: string[];
  ms: number;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const signInPool = promisify(sign) as (algorithm: string, data: Buffer, key: object) => Promise<Buffer>;
const PATHS: Record<Variant, { login: string; launch: string }> = {
  own: { login: '/lti/login', launch: '/lti/launch' },
  floor: { login: '/lti/login', launch: '/lti/launch' },
  ltijs: { login: '/login', launch: '/' },
};

export async function enter({ variant, port, platform }: Way): Promise<Lap> {
  const base = `http://127.0.0.1:${port}`;
  const target = `${base}/`;
  const paths = PATHS[variant];
  const hint = { iss: platform.issuer, client_id: platform.clientId, login_hint: '5', target_link_uri: target };
  const login = await send(base + paths.login, { form: hint, cookies: [] });
  const asked = new URL(login.location).searchParams;
  const state = asked.get('state') ?? '';
  // The platform's work: not counted, and in the pool so that it stands in nobody's way.
  const token = await tokenFor(platform, { nonce: asked.get('nonce') ?? '', target });
  const launch = await send(base + paths.launch, { form: { state, id_token: token }, cookies: login.cookies });
  const page = await send(new URL(launch.location, base).href, { cookies: launch.cookies });
  if (page.status !== 200) throw new Error(`${variant}: the first page answered ${page.status}`);
  return { loginMs: login.ms, launchMs: launch.ms, pageMs: page.ms };
}

let people = 0;

async function tokenFor(platform: FakePlatform, login: { nonce: string; target: string }): Promise<string> {
  people += 1;
  const claims = { ...platform.claims({ ...login, now: new Date() }), sub: `person-${people}` };
  const head = { alg: 'RS256', typ: 'JWT', kid: platform.key.kid };
  const text = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = await signInPool('RSA-SHA256', Buffer.from(text), platform.key.privateKey);
  return `${text}.${signature.toString('base64url')}`;
}

function send(url: string, { form, cookies }: { form?: Record<string, string>; cookies: string[] }): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString();
  const headers: Record<string, string> = { cookie: cookies.join('; ') };
  if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      response.resume().on('end', () => {
        const set = (response.headers['set-cookie'] ?? []).filter(
          (line) => !/; (?:Max-Age=0|Expires=Thu, 01 Jan 1970)/.test(line),
        );
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
          cookies: set.map((line) => line.split(';', 1)[0] ?? ''),
          ms: performance.now() - began,
        });
      });
    });
    request.on('error', reject).end(body);
  });
}
