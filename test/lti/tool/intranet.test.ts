// The two halves of lti/ together, over real HTTP: an intranet connects by invitation, launches, and places links.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { createPlatform, type Person, type Platform, type Tool } from '../../../lti/platform/index.ts';
import { useDatabase } from '../../support/database.ts';
import { formOf } from '../platform/support.ts';
import { Browser, ToolServer } from '../support/tool-server.ts';

describe('lti/tool and lti/platform', () => {
  const server = new ToolServer();
  const ada: Person = {
    subject: 'ada',
    name: 'Ada',
    email: 'ada@etis.example',
    locale: 'fr',
    roles: ['Administrator'],
  };
  const tools: Tool[] = [];
  let listening: Server;
  let platform: Platform;
  after(async () => {
    await server.stop();
    listening.closeAllConnections();
    listening.close();
  });
  const database = useDatabase();
  before(async () => {
    const views = () => [{ id: 'mentor', title: 'Become a mentor', path: '/mentor' }];
    await server.start(database.connection(), { views });
    const app = express();
    listening = createServer(app);
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/lti`;
    const store = {
      list: () => Promise.resolve(tools),
      add: (tool: Tool) => {
        tools.push(tool);
        return Promise.resolve();
      },
    };
    platform = createPlatform({ issuer, clock: server.clock, tools: store, identity: () => ada });
    app.use('/lti', platform.router);
  });

  const browser = (): Browser => new Browser(server);
  /** Follows the intranet's pages up to the post that brings the token to the tool. */
  async function launch(path: string, person: Browser): Promise<Response> {
    const started = await fetch(platform.issuer + path, { redirect: 'manual' });
    const login = await person.get(pathOf(started.headers.get('location')), { 'sec-fetch-dest': 'document' });
    const page = await fetch(login.headers.get('location') ?? '');
    const { action, fields } = formOf({ text: await page.text() });
    expect(action).to.equal(`${server.baseUrl}/lti/launch`);
    return person.post('/lti/launch', fields);
  }
  const pathOf = (address: string | null): string => {
    const url = new URL(address ?? '');
    return url.pathname + url.search;
  };

  it('connects the intranet of a lab by one invitation, given to the right lab at once', async () => {
    const { url } = await server.tool.administration.createInvite('isir');
    const page = await browser().get(pathOf(platform.registrationUrl(url)));
    expect(page.status).to.equal(200);
    const [view] = await server.tool.administration.listPlatforms();
    expect(view?.state).to.equal('ready');
    expect(view?.registration).to.include({ issuer: platform.issuer, source: 'dynamic', tenant: 'isir' });
    expect(tools[0]).to.include({ clientId: view?.registration.clientId, loginUrl: `${server.baseUrl}/lti/login` });
  });

  it('lets a person of that intranet in, who shares neither name nor e-mail', async () => {
    const person = browser();
    const answer = await launch(`/start/${tools[0]?.clientId ?? ''}`, person);
    expect(answer.headers.get('location')).to.equal('/home');
    expect(await (await person.get('/home')).json()).to.include({ tenant: 'isir', locale: 'fr' });
    expect(server.launches.at(-1)).not.to.have.any.keys('name', 'email');
  });

  it('places a chosen view as a link of the intranet, and enters by it', async () => {
    const person = browser();
    const chooser = await launch(`/start-deep-linking/${tools[0]?.clientId ?? ''}`, person);
    expect(chooser.headers.get('location')).to.equal('/lti/choose');
    const { fields } = formOf({ text: await (await person.get('/lti/choose')).text() });
    const answer = await person.post('/lti/choose', { ...fields, 'view.mentor': 'mentor' });
    const back = formOf({ text: (await answer.text()).replace('id="lti-answer" ', '') });
    const placed = await fetch(back.action, { method: 'POST', body: new URLSearchParams(back.fields) });
    expect(placed.status).to.equal(200);
    const page = await placed.text();
    expect(page).to.include('Become a mentor');
    const link = /\/launch\/([\w-]+)/.exec(page)?.[1] ?? '';
    expect((await launch(`/start/${link}`, browser())).status).to.equal(303);
    expect(server.launches.at(-1)?.target).to.equal('/mentor');
  });
});
