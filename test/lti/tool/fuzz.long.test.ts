// Mutated logins and launches: none is let in, none is answered with 500, and the process lives on.
// FUZZ_RUNS=20000 says how often.
import { expect } from 'chai';
import fc from 'fast-check';
import { type Claims, DEEP_LINKING, LTI } from '../support/fake-platform.ts';
import { Browser, useTool } from '../support/tool-server.ts';
import { rounds } from '../../support/rounds.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? rounds({ short: 100, long: 3000 }));
const MINUTES = 10;

/** Claims without which, or with anything else in which, there is no launch. */
const NEEDED = [
  'iss',
  'aud',
  'exp',
  'iat',
  'nonce',
  `${LTI}version`,
  `${LTI}message_type`,
  `${LTI}deployment_id`,
  `${LTI}target_link_uri`,
  `${LTI}resource_link`,
];
const OPTIONAL = [
  'sub',
  'name',
  'email',
  'locale',
  `${LTI}roles`,
  `${LTI}custom`,
  `${LTI}launch_presentation`,
  `${LTI}for_user`,
  DEEP_LINKING,
];

const nasty = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom<unknown>(
    '',
    null,
    -1,
    1e300,
    0,
    [],
    {},
    { $ne: 'x' },
    '__proto__',
    '$Person.name',
    'javascript:alert(1)',
    '\u0000',
    'a;b\r\nc',
  ),
);
const field = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', 'a;b', '{"$ne":1}', '\r\nSet-Cookie: x=1', 'x'.repeat(5000)),
);

describe('lti/tool fuzz', () => {
  const { server, platform, connection } = useTool();
  const sessions = (): Promise<number> => connection().collection('lti_sessions').countDocuments();

  it(`lets no launch in whose needed claims were touched (${RUNS} runs)`, async () => {
    const mutation = fc.record({ claim: fc.constantFrom(...NEEDED), value: nasty });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ claim, value }) => {
        const seen = { same: false };
        const answer = await new Browser(server).launch(platform(), (claims: Claims) => {
          seen.same = JSON.stringify(claims[claim]) === JSON.stringify(value) || isStillRight(claim, value);
          return { ...claims, [claim]: value };
        });
        if (!seen.same) expect(answer.status, claim).to.be.within(400, 499);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: MINUTES * 60_000 },
    );
  }).timeout(MINUTES * 90_000);

  it(`never fails on optional claims of any shape (${RUNS} runs)`, async () => {
    const mutation = fc.record({ claim: fc.constantFrom(...OPTIONAL), value: nasty });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ claim, value }) => {
        const answer = await new Browser(server).launch(platform(), (claims) => ({ ...claims, [claim]: value }));
        expect(answer.status, claim).to.be.lessThan(500);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: MINUTES * 60_000 },
    );
  }).timeout(MINUTES * 90_000);

  it(`lets no broken post in (${RUNS} runs)`, async () => {
    const browser = new Browser(server);
    const begun = await browser.login(platform());
    const token = await platform().sign(platform().claims({ ...begun, now: server.clock.now() }));
    const before = await sessions();
    // One character changed, cut, or put in, or a part of another make: 1 in 64 changes of the last character changes no bit.
    const broken = fc.oneof(
      fc.nat(token.length - 2).map((at) => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)),
      fc.nat(token.length - 2).map((at) => token.slice(0, at)),
      fc.nat(2).map((part) =>
        token
          .split('.')
          .map((text, index) => (index === part ? '' : text))
          .join('.'),
      ),
      field,
    );
    await fc.assert(
      fc.asyncProperty(broken, fc.option(field, { nil: begun.state }), async (idToken, state) => {
        const twin = new Browser(server);
        for (const [name, value] of browser.cookies) twin.cookies.set(name, value);
        const answer = await twin.post('/lti/launch', { state, id_token: idToken });
        expect(answer.status).to.be.within(400, 499);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: MINUTES * 60_000 },
    );
    expect(await sessions()).to.equal(before);
  }).timeout(MINUTES * 90_000);

  it(`answers every login with a way on or a polite no (${RUNS} runs)`, async () => {
    const names = fc.constantFrom(
      'iss',
      'login_hint',
      'target_link_uri',
      'lti_message_hint',
      'client_id',
      'lti_deployment_id',
      'lti_storage_target',
      'iss[$ne]',
    );
    await fc.assert(
      fc.asyncProperty(names, field, fc.boolean(), async (name, value, byGet) => {
        const browser = new Browser(server);
        const fields = { ...browser.loginFields(platform()), [name]: value };
        const answer = byGet
          ? await browser.get(`/lti/login?${new URLSearchParams(fields).toString()}`)
          : await browser.post('/lti/login', fields);
        expect(answer.status).to.be.oneOf([200, 302, 400]);
        if (answer.status === 302)
          expect(answer.headers.get('location')).to.match(new RegExp(`^${platform().issuer}/auth\\?`));
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: MINUTES * 60_000 },
    );
  }).timeout(MINUTES * 90_000);

  it('is still alive after all that, and nothing failed inside', async () => {
    expect((await new Browser(server).launch(platform())).status).to.equal(303);
    expect(server.log.filter((line) => line.level === 'error')).to.deep.equal([]);
  });
});

/** Mutations that leave a right launch right: a resource link with another id, an end further off. */
function isStillRight(claim: string, value: unknown): boolean {
  if (claim === 'exp') return typeof value === 'number' && value > Date.parse('2027-01-01') / 1000;
  if (claim !== `${LTI}resource_link` || typeof value !== 'object' || value === null) return false;
  const { id } = value as { id?: unknown };
  return typeof id === 'string' && id !== '' && id.length <= 255;
}
