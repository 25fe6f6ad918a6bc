import { expect } from 'chai';
import request from 'supertest';
import { ada, authoriseQuery, begin, formOf, intranet, tool, type Intranet } from './support.ts';

const callback = 'https://tool.example/lti/launch';

/** Begins a launch, changes the tool's request, and gives the form that goes back to the tool. */
async function answered({ app }: Intranet, changes: Record<string, string>): Promise<Record<string, string>> {
  const query = { ...authoriseQuery(await begin(app)), ...changes };
  const { action, fields } = formOf(await request(app).get('/lti/auth').query(query).expect(200));
  expect(action).to.equal(callback);
  expect(fields).to.not.have.property(fields['error'] === undefined ? 'error' : 'id_token');
  return fields;
}

describe('the authorisation endpoint of the intranet', () => {
  it('answers a posted request as it answers a GET', async () => {
    const { app } = intranet();
    const answer = await request(app)
      .post('/lti/auth')
      .type('form')
      .send(authoriseQuery(await begin(app)))
      .expect(200);
    expect(formOf(answer).fields).to.have.all.keys('id_token', 'state');
  });

  it('sends its answer with a script file and a visible button, to the tool and nowhere else', async () => {
    const { app } = intranet();
    const { text, headers } = await request(app)
      .get('/lti/auth')
      .query(authoriseQuery(await begin(app)));
    expect(text).to.match(/<script src="[^"]+\/assets\/submit\.js" defer><\/script>/);
    expect(text).to.include('<button type="submit">');
    expect(text).to.not.match(/<script(?![^>]* src=)/);
    expect(headers['content-security-policy']).to.include(
      'form-action https://tool.example https://intranet.etis.example;',
    );
    expect(headers['cache-control']).to.equal('no-store');
  });

  it('escapes the state it gives back', async () => {
    const { app } = intranet();
    const state = '"><script>alert(1)</script>';
    const { text } = await request(app)
      .get('/lti/auth')
      .query({ ...authoriseQuery(await begin(app)), state });
    expect(text).to.not.include('<script>alert');
    expect(formOf({ text }).fields['state']).to.equal(state);
  });

  const refusals: [string, Record<string, string>, string][] = [
    ['response_type code', { response_type: 'code' }, 'unsupported_response_type'],
    ['response_mode query', { response_mode: 'query' }, 'invalid_request'],
    ['a scope without openid', { scope: 'profile' }, 'invalid_scope'],
    ['prompt login', { prompt: 'login' }, 'invalid_request'],
    ['an empty nonce', { nonce: '' }, 'invalid_request'],
    ['an empty login_hint', { login_hint: '' }, 'invalid_request'],
    ['a login_hint nobody issued', { login_hint: 'ada' }, 'login_required'],
    ['a message hint nobody issued', { lti_message_hint: 'abcdefghijklmnopqrstuvwx' }, 'invalid_request'],
  ];
  for (const [what, changes, error] of refusals) {
    it(`returns ${error} with the state to a tool that sends ${what}`, async () => {
      const fields = await answered(intranet(), changes);
      expect(fields).to.include({ error, state: 'the-state' });
    });
  }

  it('refuses the login_hint of another person although the launch is genuine', async () => {
    const made = intranet();
    const query = authoriseQuery(await begin(made.app));
    made.person = { subject: 'mallory' };
    const refused = formOf(await request(made.app).get('/lti/auth').query(query).expect(200));
    expect(refused.fields['error']).to.equal('login_required');
    made.person = ada;
    const granted = formOf(await request(made.app).get('/lti/auth').query(query).expect(200));
    expect(granted.fields, 'the attempt did not spend the launch of its owner').to.have.property('id_token');
  });

  it('refuses the message hint of another person under one’s own login_hint', async () => {
    const made = intranet();
    const hers = await begin(made.app);
    made.person = { subject: 'mallory' };
    const fields = await answered(made, { lti_message_hint: hers['lti_message_hint']! });
    expect(fields['error']).to.equal('invalid_request');
  });

  it('refuses the message hint that another tool was given', async () => {
    const made = intranet({ tools: [tool, { ...tool, clientId: 'other' }] });
    const other = await begin(made.app, '/lti/start/other');
    const fields = await answered(made, { lti_message_hint: other['lti_message_hint']! });
    expect(fields['error']).to.equal('invalid_request');
  });

  it('lets a launch be used once, also when eight requests arrive together', async () => {
    const { app } = intranet();
    const query = authoriseQuery(await begin(app));
    const answers = await Promise.all(Array.from({ length: 8 }, () => request(app).get('/lti/auth').query(query)));
    const tokens = answers.filter((answer) => 'id_token' in formOf(answer).fields);
    expect(tokens).to.have.length(1);
  });

  it('refuses a launch begun more than ten minutes ago', async () => {
    const { app, clock } = intranet();
    const query = authoriseQuery(await begin(app));
    clock.pass(10 * 60_000);
    const { fields } = formOf(await request(app).get('/lti/auth').query(query));
    expect(fields['error']).to.equal('invalid_request');
  });

  it('asks itself once more when nobody seems signed in, and then tells the tool so', async () => {
    const made = intranet();
    const query = authoriseQuery(await begin(made.app));
    made.person = undefined;
    const again = formOf(await request(made.app).get('/lti/auth').query(query).expect(200));
    expect(again.action).to.equal('https://intranet.etis.example/lti/auth');
    expect(again.fields).to.deep.equal({ ...query, retried: '1' });
    const refused = formOf(await request(made.app).post('/lti/auth').type('form').send(again.fields).expect(200));
    expect(refused.action).to.equal(callback);
    expect(refused.fields).to.include({ error: 'login_required', state: 'the-state' });
    made.person = ada;
    const granted = formOf(await request(made.app).post('/lti/auth').type('form').send(again.fields).expect(200));
    expect(granted.fields).to.have.property('id_token');
  });

  it('knows who began the launch by a sealed cookie of ten minutes, where the login of the intranet does not reach', async () => {
    const made = intranet();
    const agent = request.agent(made.app);
    const { headers } = await agent.get('/lti/start/mentorat').expect(303);
    const cookie = String(headers['set-cookie']);
    expect(cookie).to.include('lti_launch=').and.include('HttpOnly').and.include('Secure').and.include('SameSite=Lax');
    const query = authoriseQuery(Object.fromEntries(new URL(headers['location'] ?? '').searchParams));
    const pair = cookie.split(';')[0] ?? '';
    const ask = (at: Intranet, sent = pair) => request(at.app).get('/lti/auth').query(query).set('Cookie', sent);
    made.person = undefined;
    expect(formOf(await ask(made, `${pair.slice(0, -4)}AAAA`)).fields, 'a damaged cookie').to.have.property('retried');
    expect(formOf(await ask(intranet({ identity: () => undefined }))).fields, 'another platform').to.have.property(
      'retried',
    );
    expect(formOf(await ask(made)).fields).to.have.property('id_token');
    made.clock.pass(10 * 60_000 + 1000);
    expect(formOf(await ask(made)).fields, 'later').to.have.property('retried');
  });

  it('never lets that cookie speak for somebody when another person is signed in', async () => {
    const made = intranet();
    const { headers } = await request(made.app).get('/lti/start/mentorat').expect(303);
    const query = authoriseQuery(Object.fromEntries(new URL(headers['location'] ?? '').searchParams));
    made.person = { subject: 'bob' };
    const pair = String(headers['set-cookie']).split(';')[0] ?? '';
    const answer = await request(made.app).get('/lti/auth').query(query).set('Cookie', pair).expect(200);
    expect(formOf(answer).fields['error']).to.equal('login_required');
  });

  it('never sends anything to an address that is not declared character by character', async () => {
    const { app } = intranet();
    const near = [`${callback}/`, `${callback}?x=1`, 'https://TOOL.example/lti/launch', 'https://evil.example/', ''];
    for (const redirect of near) {
      const query = { ...authoriseQuery(await begin(app)), redirect_uri: redirect };
      const { text, headers } = await request(app).get('/lti/auth').query(query).expect(400);
      expect(headers).to.not.have.property('location');
      expect(text).to.not.include('<form').and.not.include('evil.example');
    }
  });

  it('shows a page instead of answering an unknown client', async () => {
    const { app } = intranet();
    const query = { ...authoriseQuery(await begin(app)), client_id: 'unknown' };
    const { text } = await request(app).get('/lti/auth').query(query).expect(400);
    expect(text).to.not.include('<form');
  });

  it('refuses missing, repeated and oversized parameters as malformed', async () => {
    const { app } = intranet();
    const query = authoriseQuery(await begin(app));
    const asked = new URLSearchParams(query).toString();
    await request(app).get('/lti/auth').expect(400);
    await request(app).post('/lti/auth').expect(400);
    await request(app).get(`/lti/auth?${asked}&client_id=mentorat`).expect(400);
    await request(app).get(`/lti/auth?${asked}&nonce=second`).expect(400);
    await request(app)
      .get('/lti/auth')
      .query({ ...query, state: 'x'.repeat(8193) })
      .expect(400);
    await request(app)
      .post('/lti/auth')
      .type('form')
      .send({ ...query, state: 'x'.repeat(70_000) })
      .expect(400);
  });
});
