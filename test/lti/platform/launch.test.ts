import { expect } from 'chai';
import { createLocalJWKSet, jwtVerify } from 'jose';
import request from 'supertest';
import { ada, authoriseQuery, begin, formOf, intranet, issuer, tool } from './support.ts';

const lti = 'https://purl.imsglobal.org/spec/lti/claim/';

describe('lti/platform launch', () => {
  it('sends a signed-in person to the login of the tool with every parameter of a third-party login', async () => {
    const { app } = intranet();
    const login = await begin(app);
    expect(login).to.include({
      iss: issuer,
      target_link_uri: tool.targetLinkUri,
      client_id: 'mentorat',
      lti_deployment_id: '1',
      lti_storage_target: 'lti_storage',
    });
    expect(login['login_hint']).to.be.a('string').and.not.contain('ada');
    expect(login['lti_message_hint']).to.have.length.above(20);
  });

  it('answers the tool with an id_token signed by a published key', async () => {
    const { app, platform, clock } = intranet();
    const login = await begin(app);
    const answer = await request(app).get('/lti/auth').query(authoriseQuery(login)).expect(200);
    const { action, fields } = formOf(answer);
    expect(action).to.equal('https://tool.example/lti/launch');
    expect(fields['state']).to.equal('the-state');
    const { payload, protectedHeader } = await jwtVerify(
      fields['id_token'] ?? '',
      createLocalJWKSet(await platform.keySet()),
      { issuer, audience: 'mentorat', currentDate: clock.now(), algorithms: ['RS256'] },
    );
    expect(protectedHeader.kid).to.be.a('string');
    expect(payload).to.include({ sub: ada.subject, nonce: 'the-nonce' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).to.equal(60);
    expect(payload[`${lti}version`]).to.equal('1.3.0');
    expect(payload[`${lti}message_type`]).to.equal('LtiResourceLinkRequest');
    expect(payload[`${lti}deployment_id`]).to.equal('1');
    expect(payload[`${lti}resource_link`]).to.deep.equal({ id: 'mentorat', title: 'Mentorat Dialogue' });
    expect(payload[`${lti}roles`]).to.deep.equal(['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner']);
  });
});
