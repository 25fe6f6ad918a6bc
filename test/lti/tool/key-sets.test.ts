// The platform's key set over real HTTP, well and badly behaved.
import { expect } from 'chai';
import { FakePlatform, makeKey, type PlatformKey } from '../support/fake-platform.ts';
import { Browser, ToolServer } from '../support/tool-server.ts';
import { useDatabase } from '../../support/database.ts';

const spare: PlatformKey = makeKey('key-2');

describe('lti/tool key sets', () => {
  const server = new ToolServer();
  const platforms: FakePlatform[] = [];
  let platform: FakePlatform;
  after(async () => {
    await server.stop();
    for (const one of platforms) await one.stop();
  });
  const database = useDatabase();
  before(() => server.start(database.connection()));

  beforeEach(async () => {
    platform = await FakePlatform.start(`client-${platforms.length}`);
    platforms.push(platform);
    await server.connect(platform);
  });

  const enter = async (): Promise<number> => (await new Browser(server).launch(platform)).status;
  const code = (): unknown => server.log.at(-1)?.fields['code'];

  it('fetches once for sixteen people who come together, and not again for those who follow', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, enter));
    expect(answers).to.deep.equal(Array.from({ length: 16 }, () => 303));
    for (let more = 0; more < 4; more += 1) await enter();
    expect(platform.keySetRequests).to.equal(1);
  });

  it('takes a key that names no algorithm, and finds one among two hundred', async () => {
    const crowd = Array.from({ length: 200 }, (_, index) => ({ ...spare, kid: `other-${index}` }));
    platform.keySet = (_request, response) => void platform.answerKeys([...crowd, platform.key], response, {});
    expect(await enter()).to.equal(303);
  });

  it('follows a rotation at once, then asks again for unknown keys at most every 30 seconds', async () => {
    await enter();
    platform.key = spare;
    expect(await enter()).to.equal(303);
    expect(platform.keySetRequests).to.equal(2);
    platform.key = makeKey('key-3');
    platform.keySet = (_request, response) => void platform.answerKeys([spare], response);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await enter()).to.equal(401);
    expect(platform.keySetRequests).to.equal(3);
    server.clock.forward(31);
    expect(await enter()).to.equal(401);
    expect(platform.keySetRequests).to.equal(4);
  });

  it('honours max-age, and lives on old keys for a day when the set is down', async () => {
    platform.keySet = (_request, response) => {
      response.setHeader('cache-control', 'public, max-age=300');
      void platform.answerKeys([platform.key], response);
    };
    await enter();
    server.clock.forward(301);
    await enter();
    expect(platform.keySetRequests).to.equal(2);
    platform.keySet = (_request, response) => void response.writeHead(500).end();
    server.clock.forward(3600);
    expect(await enter()).to.equal(303);
    server.clock.forward(86_400);
    expect(await enter()).to.equal(502);
    expect(code()).to.equal('key_set_unreachable');
  });

  const badly: [string, FakePlatform['keySet']][] = [
    ['500', (_request, response) => void response.writeHead(500).end()],
    [
      'a page of HTML',
      (_request, response) => void response.setHeader('content-type', 'text/html').end('<html></html>'),
    ],
    ['5 MB', (_request, response) => void response.end(JSON.stringify({ keys: [], pad: 'x'.repeat(5_000_000) }))],
    [
      'a redirect to another host',
      (_request, response) => void response.writeHead(302, { location: 'http://localhost:1/' }).end(),
    ],
    ['nothing at all for longer than three seconds', () => undefined],
    ['a hang-up', (request) => void request.socket.destroy()],
  ];
  for (const [fact, keySet] of badly) {
    it(`refuses politely when the key set answers ${fact}`, async () => {
      platform.keySet = keySet;
      expect(await enter()).to.equal(502);
      expect(code()).to.equal('key_set_unreachable');
    });
  }

  for (const [fact, extra] of [
    ['for encryption', { use: 'enc' }],
    ['for another algorithm', { alg: 'RS512' }],
    ['of another type', { kty: 'EC' }],
  ] as const) {
    it(`does not verify with a key ${fact}`, async () => {
      platform.keySet = (_request, response) => void platform.answerKeys([platform.key], response, extra);
      expect(await enter()).to.equal(401);
      expect(code()).to.equal('key_unknown');
    });
  }
});
