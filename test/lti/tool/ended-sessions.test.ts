// What is left of a session that has ended: nothing that opens, and nothing that tells whose it was.
import { expect } from 'chai';
import { Browser, useTool } from '../support/tool-server.ts';

describe('a session of the LTI tool', () => {
  const { server, platform, connection } = useTool();

  const enter = async (): Promise<Browser> => {
    const browser = new Browser(server);
    expect((await browser.launch(platform())).status).to.equal(303);
    return browser;
  };
  const home = async (browser: Browser): Promise<number> => (await browser.get('/home')).status;

  it('is over at the next click when another copy of the service has ended it, its first page included', async () => {
    const browser = await enter();
    // As another copy does: nothing but the database changes.
    await connection()
      .collection('lti_sessions')
      .updateMany({ endedAt: { $exists: false } }, { $set: { endedAt: new Date() } });
    expect(await home(browser)).to.equal(401);
  });

  it('leaves nothing behind but its id and the day on which that goes, however it ends', async () => {
    await connection().collection('lti_sessions').deleteMany({});
    const browser = await enter();
    await home(browser);
    const other = await enter();
    const kept = async () =>
      connection()
        .collection('lti_sessions')
        .find({ person: { $exists: true } })
        .toArray();
    expect(await kept()).to.have.length.greaterThan(1);
    await server.tool.endSessionsOf(server.launches.at(-1)?.person ?? '');
    expect(await home(other)).to.equal(401);
    await enter();
    server.clock.forward(31 * 60);
    await server.tool.tidy();
    expect(await kept()).to.deep.equal([]);
    const rest = await connection().collection('lti_sessions').find().toArray();
    const fields = new Set(rest.flatMap((record) => Object.keys(record)));
    expect([...fields].sort()).to.deep.equal(['_id', 'endedAt', 'expiresAt', 'purpose']);
  });
});
