import { expect } from 'chai';
import request from 'supertest';
import { begin, intranet, issuer, type Intranet } from './support.ts';
import type { Tool } from '../../../lti/platform/index.ts';

const toolConfiguration = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const platformConfiguration = 'https://purl.imsglobal.org/spec/lti-platform-configuration';
const invite = 'https://tool.example/lti/register/INVITE';

const configuration = {
  domain: 'tool.example',
  target_link_uri: 'https://tool.example/',
  claims: ['iss', 'sub', 'name', 'email'],
  messages: [{ type: 'LtiResourceLinkRequest' }],
};
const metadata = {
  application_type: 'web',
  client_name: 'Mentorat Dialogue',
  response_types: ['id_token'],
  grant_types: ['implicit', 'client_credentials'],
  initiate_login_uri: 'https://tool.example/lti/login',
  redirect_uris: ['https://tool.example/lti/launch'],
  jwks_uri: 'https://tool.example/lti/keys',
  token_endpoint_auth_method: 'private_key_jwt',
  [toolConfiguration]: configuration,
};

interface Configuration extends Record<string, unknown> {
  id_token_signing_alg_values_supported: string[];
  [platformConfiguration]: { messages_supported: { type: string }[]; variables: string[] };
}

interface Registered {
  client_id: string;
  [toolConfiguration]: { deployment_id: string; claims: string[] };
}

interface Refused {
  error: string;
  error_description: string;
}

const tokenOf = ({ platform }: Intranet) =>
  new URL(platform.registrationUrl(invite)).searchParams.get('registration_token')!;

const register = ({ app }: Intranet, token: string, body: object = metadata) =>
  request(app).post('/lti/register').set('Authorization', `Bearer ${token}`).send(body);

describe('dynamic registration at the intranet', () => {
  it('publishes a configuration that names every endpoint and the messages it can send', async () => {
    const answer = await request(intranet().app).get('/lti/.well-known/openid-configuration').expect(200);
    const body = answer.body as Configuration;
    expect(body).to.include({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      registration_endpoint: `${issuer}/register`,
    });
    expect(body.id_token_signing_alg_values_supported).to.deep.equal(['RS256']);
    expect(body[platformConfiguration].messages_supported.map(({ type }) => type)).to.deep.equal([
      'LtiResourceLinkRequest',
      'LtiDeepLinkingRequest',
      'LtiDataPrivacyLaunchRequest',
    ]);
    expect(body[platformConfiguration].variables).to.include('User.id');
  });

  it('sends the administrator to the tool with the configuration and a token', () => {
    const url = new URL(intranet().platform.registrationUrl(invite));
    expect(`${url.origin}${url.pathname}`).to.equal(invite);
    expect(url.searchParams.get('openid_configuration')).to.equal(`${issuer}/.well-known/openid-configuration`);
    expect(url.searchParams.get('registration_token')).to.have.length.above(20);
  });

  it('registers an invited tool, gives its client and deployment ids, and can launch it at once', async () => {
    const made = intranet();
    const answer = await register(made, tokenOf(made)).expect(201);
    const body = answer.body as Registered;
    expect(answer.headers['cache-control']).to.equal('no-store');
    expect(body[toolConfiguration].deployment_id).to.be.a('string');
    const login = await begin(made.app, `/lti/start/${body.client_id}`);
    expect(login).to.include({
      client_id: body.client_id,
      lti_deployment_id: body[toolConfiguration].deployment_id,
      target_link_uri: 'https://tool.example/',
    });
  });

  it('grants neither name nor e-mail unless the intranet shares them with registered tools', async () => {
    const added: Tool[] = [];
    const tools = { list: () => Promise.resolve(added), add: (tool: Tool) => Promise.resolve(void added.push(tool)) };
    const closed = intranet({ tools });
    const refused = await register(closed, tokenOf(closed)).expect(201);
    expect((refused.body as Registered)[toolConfiguration].claims).to.deep.equal(['iss', 'sub']);
    const open = intranet({ tools, shareWithRegistered: { name: true, email: false } });
    const granted = await register(open, tokenOf(open)).expect(201);
    expect((granted.body as Registered)[toolConfiguration].claims).to.deep.equal(['iss', 'sub', 'name']);
    expect(added.map(({ sendName, sendEmail }) => [sendName, sendEmail])).to.deep.equal([
      [false, false],
      [true, false],
    ]);
  });

  it('refuses a missing, unknown or expired token', async () => {
    const made = intranet();
    await request(made.app).post('/lti/register').send(metadata).expect(401);
    await register(made, 'abcdefghijklmnopqrstuvwx')
      .expect(401)
      .expect('www-authenticate', /invalid_token/);
    const late = tokenOf(made);
    made.clock.pass(60 * 60_000);
    await register(made, late).expect(401);
  });

  it('admits one tool per token, also when eight register together', async () => {
    const made = intranet();
    const token = tokenOf(made);
    const answers = await Promise.all(Array.from({ length: 8 }, () => register(made, token)));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 401)).to.have.length(7);
  });

  const damaged: [string, object][] = [
    ['no name', { client_name: undefined }],
    ['no redirect address', { redirect_uris: [] }],
    ['a login over http on another machine', { initiate_login_uri: 'http://tool.example/lti/login' }],
    ['a script as redirect address', { redirect_uris: ['javascript:alert(1)'] }],
    ['a key set outside its domain', { jwks_uri: 'https://elsewhere.example/keys' }],
    ['a redirect address outside its domain', { redirect_uris: ['https://eviltool.example/launch'] }],
    ['a shared-secret client', { token_endpoint_auth_method: 'client_secret_post' }],
    ['the code flow', { response_types: ['code'] }],
    ['no tool configuration', { [toolConfiguration]: undefined }],
  ];
  for (const [what, changes] of damaged) {
    it(`refuses a tool with ${what} and leaves the token usable`, async () => {
      const made = intranet();
      const token = tokenOf(made);
      const answer = await register(made, token, { ...metadata, ...changes }).expect(400);
      const body = answer.body as Refused;
      expect(body.error).to.equal('invalid_client_metadata');
      expect(body.error_description).to.be.a('string').and.not.be.empty;
      await register(made, token).expect(201);
    });
  }

  it('refuses a body that is not JSON, and offers no access token', async () => {
    const made = intranet();
    const answer = request(made.app)
      .post('/lti/register')
      .set('Authorization', `Bearer ${tokenOf(made)}`);
    await answer.type('json').send('{').expect(400);
    const refused = await request(made.app).post('/lti/token').expect(400);
    expect((refused.body as Refused).error).to.equal('unsupported_grant_type');
  });
});

describe('the page that connects a tool', () => {
  const origin = 'https://intranet.etis.example';
  const asEditor = (): Intranet => {
    const made = intranet();
    made.person = { subject: 'root', roles: ['Administrator'] };
    return made;
  };
  const post = ({ app }: Intranet, from: string, address = invite) =>
    request(app).post('/lti/connect').set('Origin', from).type('form').send({ address });

  it('shows an administrator the tools with their ids, and leads to the registration page of a tool', async () => {
    const made = asEditor();
    const { text } = await request(made.app).get('/lti/connect').expect(200);
    expect(text).to.include('mentorat').and.include('<label for="address">');
    const { headers } = await post(made, origin).expect(303);
    expect(headers['location']).to.match(/^https:\/\/tool\.example\/lti\/register\/INVITE\?openid_configuration=/);
  });

  it('is closed to everyone else and to requests from other sites', async () => {
    const made = asEditor();
    await post(made, 'https://evil.example').expect(403);
    await post(made, origin, 'javascript:alert(1)').expect(400);
    made.person = { subject: 'ada' };
    await request(made.app).get('/lti/connect').expect(403);
    await post(made, origin).expect(403);
    made.person = undefined;
    await request(made.app).get('/lti/connect').expect(401);
  });
});
