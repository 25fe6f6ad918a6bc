// The first page somebody sees, over a slow line: how much it weighs with all that it asks for, and what may be kept.
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { useApp, type Visitor } from '../support/app.ts';
import { participant } from '../support/people.ts';
import { cookieOf, type Sent, transfer } from '../support/transfer.ts';

const mostBytes = 45_000;
const mostRequests = 6;

describe('the first load', () => {
  const app = useApp();

  /** With redirections, style sheets, scripts and the icon, as a browser without a cache asks for them. */
  async function load(path: string, visitor: Visitor): Promise<{ page: Sent; all: Sent[]; paths: string[] }> {
    const headers = { Cookie: cookieOf(visitor) };
    const all: Sent[] = [];
    let page = await transfer(app.baseUrl() + path, headers);
    for (all.push(page); page.status === 303; all.push(page)) {
      page = await transfer(new URL(String(page.headers['location']), app.baseUrl()).href, headers);
    }
    const html = gunzipSync(page.body).toString();
    const paths = [...html.matchAll(/<(?:link|script)\b[^>]* (?:href|src)="([^"]+)"/gu)].map(
      ([, found]) => found ?? '',
    );
    for (const found of paths) all.push(await transfer(app.baseUrl() + found));
    return { page, all, paths };
  }

  const people: [string, () => Promise<Visitor>][] = [
    ['charter, for somebody who comes for the first time', () => app.enter({ subject: 'Nora New' })],
    ['home page', () => participant(app, { subject: 'Hilde Home' })],
  ];
  for (const [what, comes] of people) {
    it(`of the ${what}, is at most 45 kB in at most 6 requests`, async () => {
      const { page, all } = await load('/', await comes());
      expect(page.status).to.equal(200);
      expect(all.map(({ status }) => status).filter((status) => status !== 200 && status !== 303)).to.deep.equal([]);
      expect(all.length).to.be.within(4, mostRequests);
      const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
      expect(bytes).to.be.within(5000, mostBytes);
    });
  }

  it('brings what is kept for a year, under a name that changes with its content', async () => {
    const { paths } = await load('/', await app.enter({ subject: 'Kim Kept' }));
    expect(paths).to.have.length.of.at.least(3);
    for (const path of paths) {
      expect(path).to.match(/^\/assets\/\w+\.[0-9a-f]{10}\.(?:css|js|svg)$/u);
      const { headers } = await transfer(app.baseUrl() + path);
      expect(headers['cache-control'], path).to.equal('public, max-age=31536000, immutable');
    }
  });
});
