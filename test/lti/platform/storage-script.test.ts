import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { expect } from 'chai';

const toolOrigin = 'https://tool.example';
const source = readFileSync('lti/platform/assets/storage.js', 'utf8');

type Reply = Record<string, unknown>;
/** Where the tool's frame begins in the page, and how far the page can be scrolled. */
const [toolTop, longestWay] = [40, 100];

/** The script in a page that frames `toolOrigin`; `say` posts a message to it and gives the answers it sent. */
function page(part?: 'storage') {
  const listeners: ((event: object) => void)[] = [];
  let scrolledTo = 0;
  const tool = {
    style: { height: '', minHeight: '' },
    getBoundingClientRect: () => ({ top: toolTop - scrolledTo }),
  };
  const passedOn: Reply[] = [];
  const window = {
    addEventListener: (_name: string, listener: (event: object) => void) => listeners.push(listener),
    parent: { postMessage: (message: Reply) => passedOn.push(message) },
    get scrollY() {
      return scrolledTo;
    },
    // As far as the page goes.
    scrollTo: (_x: number, y: number) => void (scrolledTo = Math.min(y, longestWay)),
  };
  const document = {
    body: { dataset: { origins: toolOrigin, part } },
    querySelector: (selector: string) => (part === 'storage' || !selector.includes('"tool"') ? null : tool),
  };
  runInContext(source, createContext({ window, document }));
  const say = (data: unknown, origin = toolOrigin): Reply[] => {
    const replies: Reply[] = [];
    const from = { postMessage: (reply: Reply, to: string) => replies.push({ ...reply, to }) };
    for (const listener of listeners) listener({ data, origin, source: from });
    return replies;
  };
  return { say, tool, passedOn, scrolledTo: () => scrolledTo };
}

const put = (key: unknown, value: unknown) => ({ subject: 'lti.put_data', message_id: 'm1', key, value });
const get = (key: unknown) => ({ subject: 'lti.get_data', message_id: 'm2', key });

describe('the storage script of the platform', () => {
  it('names the frame that stores when the tool asks what is supported', () => {
    const [reply] = page().say({ subject: 'lti.capabilities', message_id: 'm0' });
    expect(reply).to.include({ subject: 'lti.capabilities.response', message_id: 'm0', to: toolOrigin });
    expect(JSON.parse(JSON.stringify(reply?.['supported_messages']))).to.deep.include.members([
      { subject: 'lti.put_data', frame: 'lti_storage' },
      { subject: 'lti.get_data', frame: 'lti_storage' },
    ]);
  });

  it('gives a tool back what it stored, to its own origin', () => {
    const { say } = page('storage');
    const stored = { message_id: 'm1', key: 'state', value: 's', to: toolOrigin };
    expect(say(put('state', 's'))).to.deep.equal([{ subject: 'lti.put_data.response', ...stored }]);
    expect(say(get('state'))).to.deep.equal([{ ...stored, subject: 'lti.get_data.response', message_id: 'm2' }]);
  });

  it('deletes a key that is put without a value', () => {
    const { say } = page('storage');
    say(put('state', 's'));
    say(put('state', null));
    expect(say(get('state'))[0]).to.not.have.property('value');
  });

  it('answers the older subjects and text messages in their own words', () => {
    const { say } = page('storage');
    const message = { subject: 'org.imsglobal.lti.put_data', message_id: 'm1', key: 'k', value: 'v' };
    expect(say(message)[0]).to.include({ subject: 'org.imsglobal.lti.put_data.response', value: 'v' });
    expect(say(JSON.stringify(get('k')))[0]).to.include({ value: 'v' });
  });

  it('refuses an origin that is not the registered tool, and tells it nothing', () => {
    const { say } = page('storage');
    say(put('state', 's'));
    const [reply] = say(get('state'), 'https://evil.example');
    expect(reply).to.not.have.property('value');
    expect(reply?.['error']).to.include({ code: 'wrong_origin' });
  });

  it('refuses keys and values that are no text, and unknown subjects', () => {
    const { say } = page('storage');
    for (const message of [put(1, 'v'), put('', 'v'), put('k', 1), put('k', {}), get(undefined)]) {
      expect(say(message)[0]?.['error']).to.include({ code: 'bad_request' });
    }
    for (const subject of ['lti.fetch_data', 'lti.constructor', 'lti.close']) {
      expect(say({ subject, message_id: 'm' })[0]?.['error']).to.include({ code: 'unsupported_subject' });
    }
  });

  it('stores at most 500 keys and 4096 characters each', () => {
    const { say } = page('storage');
    expect(say(put('k', 'x'.repeat(4096)))[0]?.['error']).to.include({ code: 'storage_exhaustion' });
    for (let index = 0; index < 500; index += 1) expect(say(put(`k${index}`, 'v'))[0]).to.not.have.property('error');
    expect(say(put('one-more', 'v'))[0]?.['error']).to.include({ code: 'storage_exhaustion' });
    expect(say(put('k0', 'changed'))[0]).to.include({ value: 'changed' });
  });

  it('stays silent about everything that is no message for it', () => {
    const { say } = page();
    for (const data of [
      undefined,
      null,
      1,
      'text',
      '{',
      {},
      { subject: 1 },
      { subject: 'other' },
      put('k', 'v').subject,
    ]) {
      expect(say(data)).to.deep.equal([]);
    }
    expect(say({ subject: 'lti.put_data.response' })).to.deep.equal([]);
  });

  it('gives the tool’s frame the height it asks for and passes it on to the intranet’s page', () => {
    const { say, tool, passedOn } = page();
    expect(say({ subject: 'lti.frameResize', height: 912.4 })).to.deep.equal([]);
    expect(tool.style.height).to.equal('912px');
    expect(passedOn).to.deep.equal([{ subject: 'lti.frameResize', height: 912 }]);
  });

  it('ignores heights from other origins and heights that make no sense', () => {
    const { say, tool } = page();
    say({ subject: 'lti.frameResize', height: 500 }, 'https://evil.example');
    for (const height of [-1, 0, 20_000, 'tall', undefined, Number.NaN]) say({ subject: 'lti.frameResize', height });
    expect(tool.style.height).to.equal('');
  });

  it('shows what the tool shows, as far as its own page goes, and passes the rest on', () => {
    for (const [top, own, rest] of [
      [undefined, 40, 0],
      [0, 40, 0],
      [60, 100, 0],
      [500, 100, 440],
    ] as const) {
      const { say, passedOn, scrolledTo } = page();
      expect(say({ subject: 'lti.scrollToTop', top })).to.deep.equal([]);
      expect(scrolledTo()).to.equal(own);
      expect(passedOn).to.deep.equal([{ subject: 'lti.scrollToTop', top: rest }]);
    }
  });

  it('scrolls for nobody else, and to no place that makes no sense', () => {
    const { say, passedOn, scrolledTo } = page();
    say({ subject: 'lti.scrollToTop', top: 50 }, 'https://evil.example');
    for (const top of [-1, 20_000, 'far', Number.NaN]) say({ subject: 'lti.scrollToTop', top });
    expect([scrolledTo(), passedOn]).to.deep.equal([0, []]);
  });
});
