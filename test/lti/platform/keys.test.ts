import { createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import request from 'supertest';
import { fileKeys, memoryKeys, type KeyStore } from '../../../lti/platform/index.ts';
import { ada, intranet, tool } from './support.ts';
import { rsaPair } from '../../support/rsa.ts';

const day = 86_400_000;

const kidsOf = async ({ platform }: ReturnType<typeof intranet>) =>
  (await platform.keySet()).keys.map(({ kid }) => kid);

describe('the keys of the platform', () => {
  it('are published two at a time, public halves only, with an ETag and a lifetime', async () => {
    const { app } = intranet({ keys: memoryKeys() });
    const answer = await request(app).get('/lti/keys').expect(200);
    const headers = answer.headers as Record<string, string>;
    const { keys } = answer.body as JSONWebKeySet;
    expect(keys).to.have.length(2);
    for (const key of keys) {
      expect(key).to.include({ kty: 'RSA', alg: 'RS256', use: 'sig' }).and.not.have.any.keys('d', 'p', 'q');
    }
    expect(headers['cache-control']).to.equal('public, max-age=3600');
    await request(app).get('/lti/keys').set('If-None-Match', headers['etag']!).expect(304);
    await request(app).get('/lti/keys').set('If-None-Match', '"other"').expect(200);
  });

  it('rotate to the key that was published ahead, and keep the old one published', async () => {
    const made = intranet({ keys: memoryKeys() });
    const [first, second] = await kidsOf(made);
    const before = await made.platform.signIdToken(made.platform.launchClaims(ada, tool));
    await made.platform.rotateKeys();
    const after = await made.platform.signIdToken(made.platform.launchClaims(ada, tool));
    expect(decodeProtectedHeader(before).kid).to.equal(first);
    expect(decodeProtectedHeader(after).kid).to.equal(second);
    const published = createLocalJWKSet(await made.platform.keySet());
    await jwtVerify(before, published, { currentDate: made.clock.now() });
    await jwtVerify(after, published, { currentDate: made.clock.now() });
    expect(await kidsOf(made))
      .to.have.length(3)
      .and.include.members([first, second]);
  });

  it('rotate by themselves after 90 days, once for all who ask, and forget a retired key after two days', async () => {
    const made = intranet({ keys: memoryKeys() });
    const [first, second] = await kidsOf(made);
    made.clock.pass(91 * day);
    const seen = await Promise.all([kidsOf(made), kidsOf(made), kidsOf(made)]);
    expect(new Set(seen.map((kids) => kids.join()))).to.have.property('size', 1);
    expect(seen[0]).to.have.length(3);
    expect(seen[0]).to.include(second).and.include(first);
    made.clock.pass(3 * day);
    await made.platform.rotateKeys();
    expect(await kidsOf(made))
      .to.include(second)
      .and.not.include(first);
  });

  it('may be given, and then the first one signs', async () => {
    const given = [0, 1].map(() => rsaPair().privateKey);
    const { platform, clock } = intranet({ keys: memoryKeys(given) });
    const token = await platform.signIdToken(platform.launchClaims(ada, tool));
    await jwtVerify(token, createPublicKey(given[0]!), { currentDate: clock.now() });
  });

  it('keep the old keys when a rotation cannot be saved', async () => {
    const kept = memoryKeys();
    let isFull = false;
    const keys: KeyStore = {
      load: () => kept.load(),
      save: (stored) => (isFull ? Promise.reject(new Error('no space')) : kept.save(stored)),
    };
    const made = intranet({ keys });
    const before = await kidsOf(made);
    isFull = true;
    const failure = await made.platform.rotateKeys().catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'no space');
    expect(await kidsOf(made)).to.deep.equal(before);
  });

  describe('in a file', () => {
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'platform-keys-'));
    });
    after(() => rm(folder, { recursive: true }));

    it('outlive the process, together with the pseudonyms made from their secret', async () => {
      const path = join(folder, 'keys.json');
      const first = intranet({ keys: fileKeys(path) });
      const kids = await kidsOf(first);
      const [one, two] = await Promise.all(
        [first, intranet({ keys: fileKeys(path) })].map(async (made) => ({
          kids: await kidsOf(made),
          login: new URL((await request(made.app).get('/lti/start/mentorat')).headers['location']!).searchParams,
        })),
      );
      expect(one!.kids).to.deep.equal(kids).and.deep.equal(two!.kids);
      expect(one!.login.get('login_hint')).to.equal(two!.login.get('login_hint'));
    });

    it('can be read by their owner only', async () => {
      const path = join(folder, 'private.json');
      await intranet({ keys: fileKeys(path) }).platform.keySet();
      expect((await stat(path)).mode & 0o777).to.equal(0o600);
      expect(await readFile(path, 'utf8')).to.include('BEGIN PRIVATE KEY');
    });

    it('are never replaced when the file is damaged', async () => {
      const path = join(folder, 'damaged.json');
      await writeFile(path, '{"keys": []}');
      const failure = await intranet({ keys: fileKeys(path) })
        .platform.keySet()
        .catch((error: unknown) => error);
      expect(failure).to.be.an('error');
      expect(await readFile(path, 'utf8')).to.equal('{"keys": []}');
    });
  });
});

describe('tokens made for tests of tools', () => {
  it('carry overridden claims and lose the ones set to undefined', () => {
    const claims = intranet().platform.launchClaims(ada, tool, { nonce: 'n', sub: undefined, exp: 1 });
    expect(claims).to.include({ nonce: 'n', exp: 1, iss: 'https://intranet.etis.example/lti' });
    expect(claims).to.not.have.property('sub');
  });

  it('lose header members, take foreign keys and algorithms, and may be unsigned', async () => {
    const { platform } = intranet();
    const claims = platform.launchClaims(ada, tool);
    const noKid = await platform.signIdToken(claims, { header: { kid: undefined } });
    expect(decodeProtectedHeader(noKid)).to.deep.equal({ typ: 'JWT', alg: 'RS256' });
    const hmac = await platform.signIdToken(claims, { key: Buffer.alloc(32), header: { alg: 'HS256' } });
    expect(decodeProtectedHeader(hmac).alg).to.equal('HS256');
    await jwtVerify(hmac, Buffer.alloc(32), { currentDate: new Date('2026-11-23T09:00:00Z') });
    expect(await platform.signIdToken(claims, { header: { alg: 'none' } })).to.match(/^[\w-]+\.[\w-]+\.$/);
  });
});
