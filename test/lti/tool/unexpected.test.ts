// What the tool answers, and what it tells the log, when something breaks that is nobody's refusal.
import { expect } from 'chai';
import { allMarked, mark, markedError } from '../../support/marked-errors.ts';
import { Browser, useTool } from '../support/tool-server.ts';

class AwayError extends Error {
  override readonly name = 'MongoNetworkError';
}

/** Lets a method of a store fail until what is given back is called. */
function failing(store: object, method: string, error: Error): () => void {
  const before = Object.getOwnPropertyDescriptor(store, method);
  Object.defineProperty(store, method, { value: () => Promise.reject(error), configurable: true });
  return () => {
    if (before) Object.defineProperty(store, method, before);
    else Reflect.deleteProperty(store, method);
  };
}

describe('lti/tool, when something unexpected happens', () => {
  let failure: (() => Error) | undefined;
  const { server, platform } = useTool({
    isUnavailable: (error) => error instanceof AwayError,
    enter: () => (failure ? Promise.reject(failure()) : Promise.resolve({ path: '/home', data: {} })),
  });
  beforeEach(() => {
    [failure, server.log.length] = [undefined, 0];
  });

  it('a launch shows a reference under which the log has kind and places, and no word of the error', async () => {
    for (const { what, make, kind, hasPlaces } of allMarked) {
      [failure, server.log.length] = [make, 0];
      const answer = await new Browser(server).launch(platform());
      const page = await answer.text();
      expect(answer.status, what).to.equal(500);
      expect(server.log, what).to.have.length(1);
      const { level, fields } = server.log[0]!;
      expect([level, fields['kind']], what).to.deep.equal(['error', kind]);
      expect(page).to.include(String(fields['reference']));
      if (hasPlaces) expect(fields['at'], what).to.be.an('array').that.is.not.empty;
      expect(JSON.stringify(server.log) + page, what).to.not.match(mark);
    }
  });

  it('a launch is answered with 503 while the stores are away, and the same launch enters afterwards', async () => {
    const browser = new Browser(server);
    const begun = await browser.login(platform());
    const id_token = await platform().sign(platform().claims({ ...begun, now: server.clock.now() }));
    const { sessions } = server.stores;
    const restore = failing(sessions, 'insert', new AwayError('x'));
    const refused = await browser.post('/lti/launch', { state: begun.state, id_token });
    restore();
    expect(refused.status).to.equal(503);
    expect(refused.headers.get('retry-after')).to.equal('30');
    expect(refused.headers.getSetCookie()).to.deep.equal([]);
    expect(await refused.text())
      .to.include('away for a moment')
      .and.not.include('Reference');
    const entered = await browser.post('/lti/launch', { state: begun.state, id_token });
    expect(entered.status).to.equal(303);
    expect((await browser.get('/home')).status).to.equal(200);
  });

  it('a login by a platform that is not in memory is answered with 503 while the stores are away', async () => {
    const { registrations } = server.stores;
    const restore = failing(registrations, 'list', new AwayError('x'));
    const browser = new Browser(server);
    const fields = browser.loginFields(platform(), { client_id: 'connected elsewhere a moment ago' });
    const answer = await browser.post('/lti/login', fields);
    restore();
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('retry-after')).to.equal('30');
  });

  it('a relaunch whose old session cannot be ended enters all the same', async () => {
    const browser = new Browser(server);
    await browser.launch(platform());
    const { sessions } = server.stores;
    const restore = failing(sessions, 'end', markedError());
    const answer = await browser.launch(platform());
    restore();
    expect(answer.status).to.equal(303);
    expect(server.log.map(({ fields }) => fields['kind'])).to.deep.equal(['Error']);
    expect(JSON.stringify(server.log)).to.not.match(mark);
  });
});
