// The session that a launch begins: one per token, with an idle and an absolute end, and never another lab's.
import { expect } from 'chai';
import { FakePlatform } from '../support/fake-platform.ts';
import { Browser, useTool } from '../support/tool-server.ts';
import { rounds } from '../../support/rounds.ts';

const ROUNDS = rounds({ short: 10, long: 200 });

describe('lti/tool session', () => {
  const { server, platform, connection } = useTool();

  const enter = async (): Promise<Browser> => {
    const browser = new Browser(server);
    expect((await browser.launch(platform())).status).to.equal(303);
    return browser;
  };
  const home = async (browser: Browser): Promise<number> => (await browser.get('/home')).status;

  it(`gives exactly one session to eight copies of one token sent together, ${ROUNDS} times`, async function () {
    this.timeout(300_000);
    for (let round = 0; round < ROUNDS; round += 1) {
      const browser = new Browser(server);
      const begun = await browser.login(platform());
      const token = await platform().sign(platform().claims({ ...begun, now: server.clock.now() }));
      const fields = { state: begun.state, id_token: token };
      const before = await connection().collection('lti_sessions').countDocuments();
      const cookies = new Map(browser.cookies);
      const twin = (): Browser => {
        const one = new Browser(server);
        for (const [name, value] of cookies) one.cookies.set(name, value);
        return one;
      };
      const answers = await Promise.all(Array.from({ length: 8 }, () => twin().post('/lti/launch', fields)));
      expect(answers.map((answer) => answer.status).sort()).to.deep.equal([
        303,
        ...Array.from({ length: 7 }, () => 409),
      ]);
      expect(await connection().collection('lti_sessions').countDocuments()).to.equal(before + 1);
    }
  });

  it('ends after 30 minutes of silence, and is kept by use', async () => {
    const browser = await enter();
    for (let visit = 0; visit < 3; visit += 1) {
      server.clock.forward(29 * 60);
      expect(await home(browser)).to.equal(200);
    }
    server.clock.forward(30 * 60);
    expect(await home(browser)).to.equal(401);
  });

  it('ends after 8 hours however much it is used', async () => {
    const browser = await enter();
    for (let quarter = 0; quarter < 31; quarter += 1) {
      server.clock.forward(15 * 60);
      expect(await home(browser)).to.equal(200);
    }
    server.clock.forward(15 * 60);
    expect(await home(browser)).to.equal(401);
  });

  it('is ended by log-out, and its sealed content goes at once', async () => {
    const browser = await enter();
    const cookies = new Map(browser.cookies);
    const { id } = (await (await browser.get('/home')).json()) as { id: string };
    await browser.post('/log-out', {});
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect(await home(browser)).to.equal(401);
    const left = await connection().collection<{ _id: string }>('lti_sessions').findOne({ _id: id });
    expect(left).to.be.an('object').that.has.all.keys('_id', 'purpose', 'endedAt', 'expiresAt');
  });

  it('rotates when the person comes in again: the old cookie is worth nothing', async () => {
    const browser = await enter();
    const old = new Map(browser.cookies);
    await browser.launch(platform());
    expect(await home(browser)).to.equal(200);
    browser.cookies.clear();
    for (const [name, value] of old) browser.cookies.set(name, value);
    expect(await home(browser)).to.equal(401);
  });

  it('ends with its platform switched off, its deployment taken away, or all sessions of the person ended', async () => {
    const [first, second] = [await enter(), await enter()];
    const { administration } = server.tool;
    const { id } = platform().registration();
    await administration.setActive(id, false);
    expect(await home(first)).to.equal(401);
    await administration.setActive(id, true);
    expect([await home(first), await home(second)]).to.deep.equal([401, 401]);
    const [third, fourth] = [await enter(), await enter()];
    await administration.approveDeployment(id, 'dep-1', 'etis');
    expect(await home(third)).to.equal(200);
    await administration.approveDeployment(id, 'dep-1', 'liris');
    expect(await home(third)).to.equal(401);
    await administration.approveDeployment(id, 'dep-1', 'etis');
    expect([await home(third), await home(fourth)]).to.deep.equal([401, 401]);
    const last = await enter();
    await server.tool.endSessionsOf(server.launches.at(-1)?.person ?? '');
    expect(await home(last)).to.equal(401);
  });

  it('keeps what the programme remembers, sealed', async () => {
    const browser = await enter();
    const { id } = (await (await browser.get('/home')).json()) as { id: string };
    const record = await server.stores.sessions.find(id);
    const session = { ...record!, data: {}, csrfToken: '' };
    await server.tool.remember(session, { answer: 'forty-two' });
    expect((await server.stores.sessions.find(id))?.sealed).not.to.include('forty');
    expect(((await (await browser.get('/home')).json()) as { data: object }).data).to.deep.equal({
      answer: 'forty-two',
    });
  });

  it('opens no record that was moved to another person', async () => {
    const browser = await enter();
    const { id } = (await (await browser.get('/home')).json()) as { id: string };
    await connection()
      .collection('lti_sessions')
      .updateOne({ _id: id as never }, { $set: { person: 'somebody-else' } });
    expect(await home(browser)).to.equal(401);
  });

  it('makes two persons of the same sub in two labs, and one of the same sub in one', async () => {
    const other = await FakePlatform.start('client-2');
    try {
      await server.connect(other, {
        deployments: [{ id: 'dep-1', status: 'approved', tenant: 'liris', firstSeenAt: new Date(0) }],
      });
      await enter();
      await enter();
      await new Browser(server).launch(other);
      const [again, here, there] = server.launches.slice(-3);
      expect(again?.person).to.equal(here?.person);
      expect(there?.person).not.to.equal(here?.person);
      expect([here?.tenant, there?.tenant]).to.deep.equal(['etis', 'liris']);
    } finally {
      await other.stop();
    }
  });

  it('takes a form with the session’s word from its own pages only', async () => {
    const browser = await enter();
    const { csrfToken } = (await (await browser.get('/home')).json()) as { csrfToken: string };
    const send = async (fields: Record<string, string>, headers: Record<string, string>): Promise<number> =>
      (await browser.post('/change', fields, headers)).status;
    expect(await send({ _csrf: csrfToken }, { 'sec-fetch-site': 'same-origin', origin: server.baseUrl })).to.equal(200);
    expect(await send({ _csrf: csrfToken }, { 'sec-fetch-site': 'same-origin', origin: 'null' })).to.equal(200);
    expect(await send({}, { 'x-csrf-token': csrfToken })).to.equal(200);
    expect(await send({ _csrf: csrfToken }, { 'sec-fetch-site': 'cross-site' })).to.equal(403);
    expect(await send({ _csrf: csrfToken }, { 'sec-fetch-site': 'same-site' })).to.equal(403);
    expect(await send({ _csrf: csrfToken }, { origin: 'https://elsewhere.example' })).to.equal(403);
    expect(await send({}, { 'sec-fetch-site': 'same-origin' })).to.equal(403);
    expect(await send({ _csrf: 'x'.repeat(43) }, {})).to.equal(403);
  });

  it('deletes what is past its absolute end, and nothing before', async () => {
    await enter();
    expect(await server.tool.tidy()).to.be.at.least(0);
    const kept = await connection().collection('lti_sessions').countDocuments();
    expect(kept).to.be.at.least(1);
    server.clock.forward(8 * 3600 + 1);
    expect(await server.tool.tidy()).to.equal(kept);
    expect(await connection().collection('lti_sessions').countDocuments()).to.equal(0);
  });
});
