import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoClient, type Db } from 'mongodb';
import { otherPeople, crossLabCoordinator } from '../../service/demo/people.ts';
import { childrenOf, isAlive, runChild, startChild, type Child } from '../support/child.ts';
import { ownPorts } from '../support/ports.ts';
import { type Seen, WebWalker } from './web-walker.ts';

const script = 'service/demo/main.ts';
const dialogueLink = /\/dialogues\/[\w-]+/g;

interface Pair {
  menteeId: string;
  mentorId: string;
  status: string;
}

interface Ties {
  self: string[];
  team?: string;
  supervisors: string[];
  avoid: string[];
}

describe('npm run demo', function () {
  this.timeout(300_000);
  this.slow(60_000);

  let dataDir: string;
  let demo: Child;
  let servicePort: number;
  let intranetsPort: number;
  let origin: string;
  let args: string[];
  /** A member of LIX, and what leads to their dialogues. */
  let inDialogue: { subject: string; links: string[] };

  before('start the demonstration on free ports', async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'mentorat-demo-'));
    [servicePort = 0, intranetsPort = 0] = await ownPorts(2);
    origin = `http://localhost:${intranetsPort}`;
    args = ['--port', String(servicePort), '--intranets-port', String(intranetsPort)];
    demo = startChild(script, [...args, '--fresh'], { DATA_DIR: dataDir });
    await demo.says('the demonstration is ready');
  });

  after('end it, however the tests went', async () => {
    demo.process.kill('SIGKILL');
    await demo.ended;
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  /** From the intranet's page to the programme's own, as a browser goes. */
  async function launch(labId: string, subject: string): Promise<{ walker: WebWalker; page: Seen }> {
    const walker = new WebWalker();
    await walker.post(`${origin}/${labId}/sign-in`, { subject, to: 'mentorat' });
    let page = await walker.get(`${origin}/${labId}/start/mentorat-${labId}`);
    for (let step = 0; step < 4 && new URL(page.url).pathname.match(/^\/(?:lti|[a-z]+\/auth)/); step += 1) {
      page = await walker.submit(page);
    }
    return { walker, page };
  }

  it('prints the addresses that answer: five intranets, the mailbox, the clock, the service', async () => {
    const walker = new WebWalker();
    expect(demo.out() + demo.err(), 'lines of a log').to.not.include('"level"');
    for (const place of ['', '/mail', '/clock']) expect(demo.out()).to.include(`${origin}${place}`);
    for (const place of ['/', '/etis', '/liris', '/lix', '/stms', '/isir', '/mail', '/clock']) {
      expect((await walker.get(`${origin}${place}`)).status, place).to.equal(200);
    }
    const ready = await walker.get(`http://localhost:${servicePort}/health/ready`);
    expect(JSON.parse(ready.text)).to.deep.equal({ status: 'up' });
  });

  it('brings a newcomer from the intranet to the charter by a signed launch', async () => {
    const [newcomer] = otherPeople.filter(({ group }) => group === 'newcomers');
    const { page } = await launch(newcomer!.labId, newcomer!.subject);
    expect(page.status).to.equal(200);
    expect(new URL(page.url)).to.include({ port: String(servicePort), pathname: '/charter' });
  });

  it('brings a seeded member home: the person of the seed is the person of the launch', async () => {
    const walker = new WebWalker();
    const list = await walker.get(`${origin}/lix`);
    const subject = /name="subject" value="([^"]+)"><button>[^<]*<small>en dialogue</.exec(list.text)?.[1];
    const { page } = await launch('lix', subject ?? '');
    inDialogue = { subject: subject ?? '', links: [...page.text.matchAll(dialogueLink)].map(([link]) => link) };
    expect(new URL(page.url).pathname).to.equal('/');
    expect(page.text).to.include('Dialogues');
  });

  it('shows the report to the coordinator of the five labs, and to no member', async () => {
    const coordinator = await launch('etis', crossLabCoordinator.subject);
    const report = await coordinator.walker.get(`http://localhost:${servicePort}/report`);
    expect(report.status).to.equal(200);
    const member = await launch('isir', otherPeople.find(({ labId }) => labId === 'isir')!.subject);
    expect((await member.walker.get(`http://localhost:${servicePort}/report`)).status).to.equal(404);
  });

  it('tells every deed of a moved week in order, and mails arrive', async () => {
    const walker = new WebWalker();
    const countOf = ({ text }: Seen): number => Number(/(\d+)<\/caption>/.exec(text)?.[1]);
    const before = countOf(await walker.get(`${origin}/mail`));
    const journey = await walker.post(`${origin}/clock`, { step: '1w' });
    const stops = [...journey.text.matchAll(/<time datetime="([^"]+)"/g)].map(([, at = '']) => at);
    expect(journey.text).to.include('nouvelles propositions').and.to.include('Arrivée');
    expect(stops).to.deep.equal([...stops].sort());
    expect(countOf(await walker.get(`${origin}/mail`))).to.be.greaterThan(before);
  });

  it('refuses to move the clock back, and forms of other sites', async () => {
    const walker = new WebWalker();
    expect((await walker.post(`${origin}/clock`, { date: '2020-01-01' })).status).to.equal(422);
    const foreign = await fetch(`${origin}/clock`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(foreign.status).to.equal(403);
  });

  it('says in one sentence that a port is taken', async () => {
    const second = await runChild(script, args, { DATA_DIR: dataDir });
    expect(second.code).to.equal(1);
    expect(second.err).to.match(new RegExp(`^Port ${servicePort} is taken by another program[^\\n]+--port\\.\\n$`));
  });

  it('does not throw away the data of a demonstration that runs', async () => {
    const ports = (await ownPorts(2)).map(String);
    const fresh = ['--fresh', '--port', ports[0]!, '--intranets-port', ports[1]!];
    const second = await runChild(script, fresh, { DATA_DIR: dataDir });
    expect(second.code).to.equal(1);
    expect(second.err).to.match(/^The demonstration is running already[^\n]+\n$/);
  });

  it('lets the command line work beside it', async () => {
    const list = await runChild('service/cli/main.ts', ['platform', 'list'], { DATA_DIR: dataDir });
    expect(list.code, list.err).to.equal(0);
    for (const lab of ['ETIS', 'LIRIS', 'LIX', 'STMS', 'ISIR']) expect(list.out).to.include(`Intranet ${lab}`);
  });

  describe('the seed', () => {
    let client: MongoClient;
    let db: Db;

    before(async () => {
      const { uri } = JSON.parse(readFileSync(path.join(dataDir, 'demo/engine.json'), 'utf8')) as { uri: string };
      client = await new MongoClient(uri).connect();
      db = client.db('mentorat');
    });
    after(() => client.close());

    const countBy = async (collection: string): Promise<Record<string, number>> => {
      const rows = await db.collection(collection).find<{ status: string }>({}).toArray();
      return rows.reduce<Record<string, number>>(
        (sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }),
        {},
      );
    };

    it('has people in every state that the programme knows so far', async () => {
      expect(await countBy('members')).to.include.keys('draft', 'active', 'withdrawn');
      expect(await countBy('requests')).to.include.keys('open', 'matched', 'closed');
      expect(await countBy('proposals')).to.include.keys('confirmed', 'lapsed');
      expect(await countBy('dialogues')).to.include.keys('active', 'closed');
      expect(await countBy('meetings')).to.include.keys('held', 'cancelled');
      expect(await db.collection('snapshots').countDocuments()).to.be.greaterThan(0);
    });

    it('gives nobody more than one live request and one open dialogue as mentee', async () => {
      const open = await db
        .collection('dialogues')
        .find<Pair>({ status: { $ne: 'closed' } })
        .toArray();
      const live = await db
        .collection('requests')
        .find<{ memberId: string }>({ status: { $ne: 'closed' } })
        .toArray();
      expect(new Set(open.map(({ menteeId }) => menteeId)).size).to.equal(open.length);
      expect(new Set(live.map(({ memberId }) => memberId)).size).to.equal(live.length);
    });

    it('gives no mentor more live proposals and dialogues than their capacity', async () => {
      const live = [
        ...(await db
          .collection('proposals')
          .find<Pair>({ status: { $in: ['sent', 'half_accepted'] } })
          .toArray()),
        ...(await db
          .collection('dialogues')
          .find<Pair>({ status: { $ne: 'closed' } })
          .toArray()),
      ];
      const mentors = await db.collection('members').find<{ _id: string; offer?: { capacity: number } }>({}).toArray();
      expect(live).not.to.be.empty;
      for (const { _id, offer } of mentors) {
        expect(live.filter(({ mentorId }) => mentorId === _id).length).to.be.at.most(offer?.capacity ?? 0);
      }
    });

    it('never brought two people together whom a tie keeps apart', async () => {
      const members = await db.collection('members').find<{ _id: string; ties: Ties }>({}).toArray();
      const tiesOf = new Map(members.map(({ _id, ties }) => [_id, ties]));
      const names = (list: string[], other: Ties): boolean => list.some((hash) => other.self.includes(hash));
      const pairs = await db.collection('proposals').find<Pair>({}).toArray();
      const tied = pairs.filter(({ menteeId, mentorId }) => {
        const [one, other] = [tiesOf.get(menteeId), tiesOf.get(mentorId)];
        if (!one || !other) return false;
        const above = names(one.supervisors, other) || names(other.supervisors, one);
        return (one.team !== undefined && one.team === other.team) || above;
      });
      expect(pairs.length).to.be.greaterThan(20);
      expect(tied).to.deep.equal([]);
    });

    it('keeps no name and no address in clear in a record of the programme', async () => {
      const text = JSON.stringify(await db.collection('members').find().toArray());
      expect(text).not.to.include('.example');
    });
  });

  // In a group of its own: mocha runs groups in order, after the single tests.
  describe('Ctrl-C', () => {
    it('ends it with everything it started, and leaves no process', async () => {
      const started = [demo.process.pid!, ...childrenOf(demo.process.pid!)];
      demo.process.kill('SIGINT');
      // npm and the terminal may both pass the key on.
      demo.process.kill('SIGINT');
      expect(await demo.ended).to.equal(0);
      // The TypeScript loader's own helper hears of the end a moment later.
      for (let tries = 0; tries < 100 && started.some(isAlive); tries += 1) await pause(20);
      expect(started.filter(isAlive)).to.deep.equal([]);
      expect(await fetch(origin).catch(() => 'gone')).to.equal('gone');
    });

    it('leaves everybody to the next start, also after --fresh: the same person comes back to the same dialogue', async () => {
      demo = startChild(script, args, { DATA_DIR: dataDir });
      await demo.says('the demonstration is ready');
      const { page } = await launch('lix', inDialogue.subject);
      expect(new URL(page.url).pathname).to.equal('/');
      const now = [...page.text.matchAll(dialogueLink)].map(([link]) => link);
      expect(now).to.deep.equal(inDialogue.links).and.not.to.be.empty;
    });

    it('finishes the answers under way before it closes its database: a journey of the clock stops without an error', async () => {
      const body = new URLSearchParams({ step: '1m' });
      // Resolves with the first piece of the page, in the middle of the journey.
      const journey = await fetch(`${origin}/clock`, { method: 'POST', body });
      demo.process.kill('SIGTERM');
      expect(await journey.text())
        .to.include('</html>')
        .and.not.to.match(/erreur|error/);
      expect(await demo.ended).to.equal(0);
    });

    const isOneSentence = async (sentence: RegExp): Promise<void> => {
      const { code, out, err } = await runChild(script, args, { DATA_DIR: dataDir });
      expect(code).to.equal(1);
      expect(out).not.to.include('ready');
      expect(err)
        .to.match(sentence)
        .and.to.match(/^[^\n]+--fresh[^\n]+\n$/);
    };

    it('is not ready on data of another secret, and says in one sentence what to do', async () => {
      rmSync(path.join(dataDir, 'demo/secret'));
      await isOneSentence(/^The data of the demonstration were written with another secret/);
    });

    it('says in one sentence that its secret is damaged', async () => {
      writeFileSync(path.join(dataDir, 'demo/secret'), '');
      await isOneSentence(/^The secret of the demonstration in \S+ is damaged/);
      rmSync(path.join(dataDir, 'demo/secret'));
    });

    it('says in one sentence that its data are damaged', async () => {
      truncateSync(path.join(dataDir, 'demo/database/WiredTiger.wt'));
      await isOneSentence(/^The data of the demonstration in \S+ are damaged/);
    });
  });
});
