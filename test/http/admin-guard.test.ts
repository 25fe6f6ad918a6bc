// The cookie of administration: bound to the host over https, readable only under its own name.
import { expect } from 'chai';
import express from 'express';
import supertest from 'supertest';
import { cookieOf } from '../../service/http/admin/guard.ts';

describe('the cookie of administration', () => {
  function visit(baseUrl: string) {
    const { give, read } = cookieOf(baseUrl);
    const app = express();
    app.get('/', (request, response) => {
      const found = read(request);
      give(response, 'secret', 60);
      response.json({ found });
    });
    return supertest(app).get('/');
  }

  it('is bound to host, https, scripts and site where the service is reached by https', async () => {
    const { headers } = await visit('https://mentorat.example.org');
    expect(headers['set-cookie']).to.deep.equal([
      '__Host-admin=secret; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
    ]);
  });

  it('is not taken from a name that another host could have set', async () => {
    const cookies = 'admin=planted; x__Host-admin=planted; __Host-admin=own';
    const { body } = (await visit('https://mentorat.example.org').set('Cookie', cookies)) as { body: object };
    expect(body).to.deep.equal({ found: 'own' });
    const planted = (await visit('https://mentorat.example.org').set('Cookie', 'admin=planted')) as { body: object };
    expect(planted.body).to.deep.equal({ found: '' });
  });
});
