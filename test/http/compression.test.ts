// Answers are compressed, and nothing can be learnt from how long they become: tokens look different each time, and a page
// with a secret goes as it is.
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { routes } from '../../service/http/routes.ts';
import { isMaskedToken, maskToken } from '../../lti/index.ts';
import { useApp, type Visitor } from '../support/app.ts';
import { participant, profileAnswers } from '../support/people.ts';
import { cookieOf, transfer } from '../support/transfer.ts';

const tokensIn = (text: string): string[] =>
  [...text.matchAll(/name="_csrf" value="([^"]*)"/gu)].map(([, token]) => token ?? '');

describe('compressed answers', () => {
  const app = useApp();
  const tokenOf = async (visitor: Visitor): Promise<string> => tokensIn((await visitor.get('/profile')).text)[0] ?? '';

  it('never carry the same token twice, and any of a session’s tokens is taken', async () => {
    const visitor = await participant(app, { subject: 'Tess Token' });
    const tokens = [await tokenOf(visitor), await tokenOf(visitor), await tokenOf(visitor)];
    expect(new Set(tokens).size).to.equal(3);
    // Nothing longer than chance has it is the same in two of them.
    const pieces = (token: string): string[] =>
      Array.from({ length: token.length - 7 }, (_, at) => token.slice(at, at + 8));
    expect(pieces(tokens[0]!).filter((piece) => tokens[1]!.includes(piece))).to.deep.equal([]);
    for (const _csrf of tokens) {
      expect((await visitor.send('/profile', { ...profileAnswers('Tess Token'), _csrf })).status).to.equal(303);
    }
  });

  it('carry tokens that are good in their own session only, whole and unchanged', async () => {
    const [visitor, other] = [
      await participant(app, { subject: 'Olga Own' }),
      await participant(app, { subject: 'Otto Other' }),
    ];
    const own = await tokenOf(visitor);
    const changed = (own.startsWith('A') ? 'B' : 'A') + own.slice(1);
    for (const _csrf of [await tokenOf(other), changed, own.slice(0, -2), `${own}==`, `${own}AA`, '']) {
      expect((await visitor.send('/profile', { ...profileAnswers('Olga Own'), _csrf })).status, _csrf).to.equal(403);
    }
  });

  it('are there for every page and asset, for whoever takes them, and caches know that there are two', async () => {
    const visitor = await participant(app, { subject: 'Gus Gzip' });
    const paths = routes.filter(({ method, path }) => method === 'get' && !path.includes(':')).map(({ path }) => path);
    expect(paths.length).to.be.above(10);
    for (const path of [...paths, '/nothing-here']) {
      const asked = { Cookie: cookieOf(visitor), 'Accept-Encoding': 'gzip' };
      const packed = await transfer(app.baseUrl() + path, asked);
      if (!String(packed.headers['content-type']).startsWith('text/html')) continue;
      if (withSecrets.includes(path)) continue;
      expect(packed.headers, path).to.include({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(gunzipSync(packed.body).toString(), path).to.include('</html>');
      for (const refused of ['identity', 'gzip;q=0', 'br']) {
        const plain = await transfer(app.baseUrl() + path, { ...asked, 'Accept-Encoding': refused });
        expect(plain.headers, path).to.not.have.property('content-encoding');
        expect(plain.headers['vary'], path).to.equal('Accept-Encoding');
        expect(plain.body.toString(), path).to.include('</html>');
      }
    }
  });

  const withSecrets = ['/calendar-feed', '/coordinator', '/two-registrations'];

  it('are not made of pages that show a secret', async () => {
    const visitor = await participant(app, { subject: 'Sam Secret' });
    const feed = await visitor.send('/calendar-feed');
    expect(feed.text).to.match(/\/calendar\/[\w-]{43}\/agenda\.ics/u);
    expect(feed.headers).to.not.have.property('content-encoding');
    const code = 'c'.repeat(43);
    const links = [`/coordinator/${code}`, `/two-registrations/${code}`];
    for (const path of links) {
      const { body, headers } = await transfer(app.baseUrl() + path);
      expect(body.toString(), path).to.include(code);
      expect(headers, path).to.not.have.property('content-encoding');
    }
    for (const path of [...withSecrets, `/coordinator/${code}`]) {
      const { headers } = await transfer(app.baseUrl() + path, { Cookie: cookieOf(visitor) });
      expect(headers, path).to.not.have.property('content-encoding');
    }
  });
});

describe('a masked token', () => {
  const token = Buffer.alloc(32, 'k').toString('base64url');

  it('is its token and no other, whatever the mask', () => {
    const other = Buffer.alloc(32, 'l').toString('base64url');
    for (let times = 0; times < 100; times += 1) {
      const masked = maskToken(token);
      expect(isMaskedToken(masked, token)).to.equal(true);
      expect(isMaskedToken(masked, other)).to.equal(false);
    }
    for (const text of ['', token, `${token}${token}`, '=', maskToken(token).slice(1)]) {
      expect(isMaskedToken(text, token), text).to.equal(false);
    }
  });
});
