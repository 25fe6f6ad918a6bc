import { expect } from 'chai';
import { decodeJwt } from 'jose';
import request from 'supertest';
import { serveToolKeys, signed, type ToolKeys } from './tool-keys.ts';
import { authoriseQuery, begin, formOf, intranet, issuer, tool, type Intranet } from './support.ts';
import type { ResourceLink } from '../../../lti/platform/index.ts';
import { rsaPair } from '../../support/rsa.ts';

const lti = (name: string) => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
const dl = (name: string) => `https://purl.imsglobal.org/spec/lti-dl/claim/${name}`;
const editor = { subject: 'ed', roles: ['Administrator'] };

describe('deep linking', () => {
  let keys: ToolKeys;
  let made: Intranet;
  let links: ResourceLink[];

  before(async () => {
    keys = await serveToolKeys();
  });
  after(() => {
    keys.close();
  });

  beforeEach(() => {
    links = [];
    made = intranet({
      tools: [
        { ...tool, keysetUrl: keys.url },
        { ...tool, clientId: 'other', keysetUrl: keys.url },
      ],
      links: { list: () => Promise.resolve(links), add: (more) => Promise.resolve(void links.push(...more)) },
    });
    made.person = editor;
  });

  async function settings(): Promise<Record<string, unknown>> {
    const query = authoriseQuery(await begin(made.app, '/lti/start-deep-linking/mentorat'));
    const { fields } = formOf(await request(made.app).get('/lti/auth').query(query).expect(200));
    const claims = decodeJwt(fields['id_token']!);
    expect(claims[lti('message_type')]).to.equal('LtiDeepLinkingRequest');
    return claims[dl('deep_linking_settings')] as Record<string, unknown>;
  }

  async function answerClaims(changes: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const now = made.clock.now().getTime() / 1000;
    return {
      iss: 'mentorat',
      aud: issuer,
      iat: now,
      exp: now + 60,
      nonce: 'tool-nonce',
      [lti('message_type')]: 'LtiDeepLinkingResponse',
      [lti('version')]: '1.3.0',
      [lti('deployment_id')]: '1',
      [dl('data')]: (await settings())['data'],
      [dl('content_items')]: [
        {
          type: 'ltiResourceLink',
          title: 'Contacts',
          url: 'https://tool.example/referral',
          custom: { view: 'referral' },
        },
        { type: 'ltiResourceLink', title: 'Report <all>' },
        { type: 'html', html: '<p>no link</p>' },
      ],
      ...changes,
    };
  }

  const give = (JWT: string) => request(made.app).post('/lti/deep-linking/return').type('form').send({ JWT });

  it('tells the tool where to answer, what is accepted, and an opaque word to give back', async () => {
    expect(await settings())
      .to.include({ deep_link_return_url: `${issuer}/deep-linking/return`, accept_multiple: true })
      .and.have.property('data')
      .that.has.length.above(20);
  });

  it('keeps the links of a genuine answer and shows the line of HTML for each', async () => {
    const { text } = await give(await signed(await answerClaims(), keys.privateKey)).expect(200);
    expect(links.map(({ title, targetLinkUri, custom }) => ({ title, targetLinkUri, custom }))).to.deep.equal([
      { title: 'Contacts', targetLinkUri: 'https://tool.example/referral', custom: { view: 'referral' } },
      { title: 'Report <all>', targetLinkUri: tool.targetLinkUri, custom: undefined },
    ]);
    expect(text).to.include(`&lt;iframe src=&quot;${issuer}/launch/${links[0]!.id}&quot;`).and.not.include('<all>');
    await request(made.app).get(`/lti/launch/${links[0]!.id}`).expect(200);
  });

  it('accepts an answer without any link as a choice of nothing', async () => {
    const claims = await answerClaims({ [dl('content_items')]: undefined });
    await give(await signed(claims, keys.privateKey)).expect(200);
    expect(links).to.be.empty;
  });

  it('takes an answer once, also when it is posted eight times together', async () => {
    const token = await signed(await answerClaims(), keys.privateKey);
    const answers = await Promise.all(Array.from({ length: 8 }, () => give(token)));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(links).to.have.length(2);
  });

  const damaged: [string, Record<string, unknown>][] = [
    ['another audience', { aud: 'https://elsewhere.example' }],
    ['an unknown issuer', { iss: 'nobody' }],
    ['the client id of another tool', { iss: 'other' }],
    ['no exp', { exp: undefined }],
    ['no iat', { iat: undefined }],
    ['no nonce', { nonce: undefined }],
    ['exp ten minutes ago', { exp: Date.parse('2026-11-23T08:50:00Z') / 1000 }],
    ['iat ten minutes ago', { iat: Date.parse('2026-11-23T08:50:00Z') / 1000 }],
    ['iat a day ahead', { iat: Date.parse('2026-11-24T09:00:00Z') / 1000 }],
    ['another message type', { [lti('message_type')]: 'LtiResourceLinkRequest' }],
    ['another version', { [lti('version')]: '1.1' }],
    ['another deployment', { [lti('deployment_id')]: '2' }],
    ['data nobody issued', { [dl('data')]: 'abcdefghijklmnopqrstuvwx' }],
    ['no data', { [dl('data')]: undefined }],
    ['a link to another site', { [dl('content_items')]: [{ type: 'ltiResourceLink', url: 'https://evil.example/' }] }],
    ['a script as link', { [dl('content_items')]: [{ type: 'ltiResourceLink', url: 'javascript:alert(1)' }] }],
  ];
  for (const [what, changes] of damaged) {
    it(`refuses an answer with ${what} and keeps no link`, async () => {
      await give(await signed(await answerClaims(changes), keys.privateKey)).expect(400);
      expect(links).to.be.empty;
    });
  }

  it('refuses a key that is not the tool’s, under the same kid', async () => {
    const { privateKey } = rsaPair();
    await give(await signed(await answerClaims(), privateKey)).expect(400);
    expect(links).to.be.empty;
  });

  it('refuses other algorithms, unsigned tokens, text that is no token, and nothing', async () => {
    const claims = await answerClaims();
    await give(await signed(claims, keys.privateKey, { alg: 'PS256' })).expect(400);
    await give(await made.platform.signIdToken(claims, { header: { alg: 'none' } })).expect(400);
    await give('not.a.token').expect(400);
    await give('').expect(400);
    await request(made.app).post('/lti/deep-linking/return').expect(400);
    expect(links).to.be.empty;
  });

  it('refuses when the key set of the tool does not answer', async () => {
    const silent = await serveToolKeys();
    silent.close();
    made = intranet({ tools: [{ ...tool, keysetUrl: silent.url }] });
    made.person = editor;
    await give(await signed(await answerClaims(), silent.privateKey)).expect(400);
  });

  it('is open to editors only', async () => {
    made.person = { subject: 'ada', roles: ['Learner'] };
    await request(made.app).get('/lti/start-deep-linking/mentorat').expect(403);
    const own = intranet({ mayEdit: ({ subject }) => subject === 'ada' });
    await request(own.app).get('/lti/start-deep-linking/mentorat').expect(303);
  });
});
