import { expect } from 'chai';
import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import request from 'supertest';
import { keyedHash } from '../../../lti/platform/hints.ts';
import { memoryKeys, type KeyStore, type StoredKeys } from '../../../lti/platform/index.ts';
import { ada, authoriseQuery, begin, formOf, intranet, issuer, tool, type Intranet } from './support.ts';

const lti = 'https://purl.imsglobal.org/spec/lti/claim/';

/** The verified claims that the tool receives at the end of a launch. */
async function launched({ app, platform, clock }: Intranet, path?: string): Promise<JWTPayload> {
  const login = await begin(app, path);
  const { fields } = formOf(await request(app).get('/lti/auth').query(authoriseQuery(login)).expect(200));
  const keys = createLocalJWKSet(await platform.keySet());
  const checks = { issuer, audience: login['client_id']!, currentDate: clock.now(), algorithms: ['RS256'] };
  return (await jwtVerify(fields['id_token'] ?? '', keys, checks)).payload;
}

/** A key store as it was before tools had pseudonyms of their own. */
async function olderKeys(): Promise<{ kept: StoredKeys; save: (next: StoredKeys) => Promise<void> }> {
  const fresh = memoryKeys();
  await intranet({ keys: fresh }).platform.keySet();
  const { secret, keys } = (await fresh.load())!;
  const store = {
    kept: { secret, keys } as StoredKeys,
    save: (next: StoredKeys) => {
      store.kept = next;
      return Promise.resolve();
    },
  };
  return store;
}

describe('a launch from the intranet', () => {
  it('sends a signed-in person to the login of the tool with every parameter of a third-party login', async () => {
    const login = await begin(intranet().app);
    expect(login).to.include({
      iss: issuer,
      target_link_uri: tool.targetLinkUri,
      client_id: 'mentorat',
      lti_deployment_id: '1',
      lti_storage_target: 'lti_storage',
    });
    expect(login['lti_message_hint']).to.have.length.above(20);
  });

  it('names the person in the login only by a keyed hash that differs between tools', async () => {
    const { app } = intranet({ tools: [tool, { ...tool, clientId: 'other' }] });
    const [first, second] = [await begin(app), await begin(app, '/lti/start/other')];
    expect(first['login_hint']).to.match(/^[\w-]{43}$/);
    expect(second['login_hint'])
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(first['login_hint']);
  });

  it('posts the login when the tool is declared to want a form', async () => {
    const { app } = intranet({ tools: [{ ...tool, loginMethod: 'post' }] });
    const { action, fields } = formOf(await request(app).get('/lti/start/mentorat').expect(200));
    expect(action).to.equal(tool.loginUrl);
    expect(fields).to.include({ iss: issuer, client_id: 'mentorat' });
  });

  it('answers with an id_token of 60 seconds that holds every required claim and no more of the person', async () => {
    const payload = await launched(intranet());
    expect(payload).to.include({ sub: ada.subject, nonce: 'the-nonce', aud: 'mentorat' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).to.equal(60);
    expect(payload[`${lti}version`]).to.equal('1.3.0');
    expect(payload[`${lti}message_type`]).to.equal('LtiResourceLinkRequest');
    expect(payload[`${lti}deployment_id`]).to.equal('1');
    expect(payload[`${lti}target_link_uri`]).to.equal(tool.targetLinkUri);
    expect(payload[`${lti}resource_link`]).to.deep.equal({ id: 'mentorat', title: 'Mentorat Dialogue' });
    expect(payload[`${lti}roles`]).to.deep.equal(['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner']);
    expect(payload[`${lti}launch_presentation`]).to.deep.equal({
      locale: 'en',
      document_target: 'iframe',
      return_url: `${issuer}/return`,
    });
    expect(payload[`${lti}tool_platform`]).to.include({ guid: 'intranet.etis.example' });
    expect(payload[`${lti}context`]).to.include({ id: 'intranet' });
    expect(payload).to.not.have.any.keys('name', 'email', `${lti}custom`);
  });

  it('sends name and e-mail when the administrator turned sharing on', async () => {
    const payload = await launched(intranet({ tools: [{ ...tool, sendName: true, sendEmail: true }] }));
    expect(payload).to.include({ name: 'Ada Lovelace', email: 'ada@etis.example' });
  });

  it('fills in known variables, and leaves unknown or withheld ones as they are', async () => {
    const custom = {
      who: '$User.id',
      lang: '$Message.locale',
      link: '$ResourceLink.id',
      mail: '$Person.email.primary',
      odd: '$Moodle.Course.secret',
      plain: 'two words',
    };
    const payload = await launched(intranet({ tools: [{ ...tool, custom, labTenant: 'etis' }] }));
    expect(payload[`${lti}custom`]).to.deep.equal({
      who: 'ada',
      lang: 'en',
      link: 'mentorat',
      mail: '$Person.email.primary',
      odd: '$Moodle.Course.secret',
      plain: 'two words',
      lab: 'etis',
    });
  });

  it('opens a declared link at its own address with its own custom parameters', async () => {
    const link = {
      id: 'referral',
      clientId: 'mentorat',
      title: 'Contacts',
      targetLinkUri: 'https://tool.example/referral',
    };
    const payload = await launched(
      intranet({ links: [{ ...link, custom: { view: 'referral' } }] }),
      '/lti/start/referral',
    );
    expect(payload[`${lti}resource_link`]).to.deep.equal({ id: 'referral', title: 'Contacts' });
    expect(payload[`${lti}target_link_uri`]).to.equal('https://tool.example/referral');
    expect(payload[`${lti}custom`]).to.deep.equal({ view: 'referral' });
  });

  it('opens the data of the person by a data-privacy message', async () => {
    const payload = await launched(intranet(), '/lti/start-privacy/mentorat');
    expect(payload[`${lti}message_type`]).to.equal('LtiDataPrivacyLaunchRequest');
    expect(payload[`${lti}for_user`]).to.deep.equal({ user_id: 'ada' });
    expect(payload).to.not.have.property(`${lti}resource_link`);
  });

  it('hides the subject behind a keyed hash that stays the same when pseudonyms are asked for', async () => {
    const made = intranet({ subjects: 'pseudonym' });
    const [first, second] = [await launched(made), await launched(made)];
    expect(first.sub)
      .to.match(/^[\w-]{43}$/)
      .and.equal(second.sub);
  });

  it('tells each tool another pseudonym of the same person, in every claim that names them', async () => {
    const custom = { id: '$User.id' };
    const made = intranet({
      subjects: 'pseudonym',
      tools: [
        { ...tool, custom },
        { ...tool, custom, clientId: 'other' },
      ],
    });
    const [one, other] = [await launched(made), await launched(made, '/lti/start/other')];
    expect(other.sub)
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(one.sub);
    for (const { sub, [`${lti}custom`]: sent } of [one, other]) expect(sent).to.deep.equal({ id: sub });
    const privacy = await launched(made, '/lti/start-privacy/other');
    expect(privacy[`${lti}for_user`]).to.deep.equal({ user_id: other.sub });
  });

  it('keeps the pseudonym by which a tool of old knows a person, and gives a later tool its own', async () => {
    const stored = await olderKeys();
    const keys: KeyStore = { load: () => Promise.resolve(stored.kept), save: stored.save };
    const before = intranet({ subjects: 'pseudonym', keys, tools: [tool] });
    const known = keyedHash(Buffer.from(stored.kept.secret, 'base64url'), ['sub', 'ada']);
    expect((await launched(before)).sub).to.equal(known);
    const tools = [tool, { ...tool, clientId: 'later' }];
    const after = intranet({ subjects: 'pseudonym', keys, tools });
    await after.platform.rotateKeys();
    expect((await launched(after)).sub).to.equal(known);
    expect((await launched(after, '/lti/start/later')).sub).to.not.equal(known);
  });

  it('gives a tool that was connected anew the pseudonyms of the former connection, when it is told to', async () => {
    const tools = [tool, { ...tool, clientId: 'anew', pseudonymsOf: 'mentorat' }];
    const made = intranet({ subjects: 'pseudonym', tools });
    expect((await launched(made, '/lti/start/anew')).sub).to.equal((await launched(made)).sub);
  });

  it('takes a person without a role for a member, and keeps full role URIs', async () => {
    const made = intranet();
    made.person = { subject: 'bob' };
    expect((await launched(made))[`${lti}roles`]).to.deep.equal([
      'http://purl.imsglobal.org/vocab/lis/v2/membership#Member',
    ]);
    const full = 'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Staff';
    made.person = { subject: 'bob', roles: [full] };
    expect((await launched(made))[`${lti}roles`]).to.deep.equal([full]);
  });
});

describe('the launch page of the intranet', () => {
  it('holds the tool in a titled frame and the storage frame beside it, without inline script or style', async () => {
    const { text, headers } = await request(intranet().app).get('/lti/launch/mentorat').expect(200);
    expect(text).to.include(`<iframe name="lti_storage" data-src="${issuer}/storage/mentorat"`);
    expect(text).to.include(
      `<iframe name="tool" title="Mentorat Dialogue" allow="clipboard-write" data-src="${issuer}/start/mentorat">`,
    );
    expect(text).to.include('data-origins="https://tool.example"');
    expect(text).to.not.match(/<script(?![^>]* src=)|<style| style=| on[a-z]+=/);
    expect(headers['content-security-policy'])
      .to.include("default-src 'none'")
      .and.include('frame-src https://intranet.etis.example https://tool.example')
      .and.include("frame-ancestors 'self'");
    expect(headers).to.include({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('may be framed by the pages of named other origins', async () => {
    const { app } = intranet({ embedders: ['https://www.etis.example'] });
    const { headers } = await request(app).get('/lti/launch/mentorat').expect(200);
    expect(headers['content-security-policy']).to.include("frame-ancestors 'self' https://www.etis.example");
  });

  it('is embedded by one line of HTML whose title is escaped', () => {
    expect(intranet().platform.frame('mentorat', 'Mentorat "Dialogue"')).to.equal(
      `<iframe src="${issuer}/launch/mentorat" title="Mentorat &quot;Dialogue&quot;" width="100%" height="800" allow="clipboard-write"></iframe>`,
    );
  });

  it('frames the data-privacy and the deep linking message in the same way', async () => {
    const { app } = intranet();
    const privacy = await request(app).get('/lti/privacy/mentorat').expect(200);
    expect(privacy.text).to.include(`src="${issuer}/start-privacy/mentorat"`);
    const choosing = await request(app).get('/lti/deep-linking/mentorat').expect(200);
    expect(choosing.text).to.include(`src="${issuer}/start-deep-linking/mentorat"`);
  });

  it('refuses a visitor who is not signed in, in the language of the browser', async () => {
    const made = intranet();
    made.person = undefined;
    const french = await request(made.app).get('/lti/launch/mentorat').set('Accept-Language', 'fr-FR').expect(401);
    expect(french.text).to.include('Vous n’êtes pas connecté');
    const english = await request(made.app).get('/lti/start/mentorat').set('Accept-Language', 'en').expect(401);
    expect(english.text).to.include('You are not signed in');
  });

  it('answers 404 for a link or a tool that does not exist', async () => {
    const { app } = intranet();
    await request(app).get('/lti/launch/nothing').expect(404);
    await request(app).get('/lti/start/nothing').expect(404);
    await request(app).get('/lti/privacy/nothing').expect(404);
    await request(app).get('/lti/assets/nothing.js').expect(404);
  });

  it('serves its script and style files with their types', async () => {
    const { app } = intranet();
    for (const name of ['submit.js', 'storage.js', 'embed.js']) {
      await request(app)
        .get(`/lti/assets/${name}`)
        .expect(200)
        .expect('content-type', /javascript/);
    }
    await request(app).get('/lti/assets/platform.css').expect(200).expect('content-type', /css/);
  });

  it('shows what the tool says when a person comes back, as text only', async () => {
    const query = { lti_errormsg: '<b>closed</b>' };
    const { text } = await request(intranet().app).get('/lti/return').query(query).expect(200);
    expect(text).to.include('&lt;b&gt;closed&lt;/b&gt;').and.not.include('<b>closed');
  });

  it('refuses an issuer that ends with a slash or is no web address', () => {
    expect(() => intranet({ issuer: 'https://intranet.example/lti/' })).to.throw('issuer');
    expect(() => intranet({ issuer: 'ftp://intranet.example/lti' })).to.throw('issuer');
  });
});
