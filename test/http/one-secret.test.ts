// Two programmes that differ in one thing that somebody keeps to themselves, walked through page by page by everybody who
// could be curious: what they read is the same, letter for letter.
import { expect } from 'chai';
import { charterVersion } from '../../service/domain/charter.ts';
import { memberOf } from '../../service/demo/factories.ts';
import { routes } from '../../service/http/routes.ts';
import { takeOutlook } from '../../service/usecases/take-outlook.ts';
import { takeSnapshot } from '../../service/usecases/take-snapshot.ts';
import { crossLabCoordinator, labCoordinator, useApp, type TestApp, type Visitor } from '../support/app.ts';
import { offerAnswers, participant, profileAnswers, proposedPair, requestAnswers } from '../support/people.ts';

/** Without what differs between any two services and sessions: addresses, tokens, ids, and a case's random reference. */
const bare = (text: string, app: TestApp): string =>
  text
    .replaceAll(app.baseUrl(), 'BASE')
    // Sessions begin in real time, and the walk may pass into another minute.
    .replaceAll(/(?<=<span id="session-\d+">)[^<]*/gu, 'SESSION')
    .replaceAll(/(?<=name="(?:_csrf|attempt|session|run)" value=")[^"]*/gu, 'TOKEN')
    .replaceAll(/(?<=\/(?:dialogues|proposals|meetings|help|cases|runs)\/)[\w-]+/gu, 'ID')
    .replaceAll(/\b[BCDFGHJKLMNPQRSTVWXZ]{6}\b/gu, 'REFERENCE')
    .replaceAll(/(?<![\w-])[\w-]{22}(?![\w-])/gu, 'ID');

const pages = routes.filter(({ method, path }) => method === 'get' && !path.includes(':')).map(({ path }) => path);

/** Every page by its address, and whatever these lead to. */
async function walk(app: TestApp, visitor: Visitor, but: readonly string[] = []): Promise<Record<string, string>> {
  const seen: Record<string, string> = {};
  const links = new Set<string>();
  const look = async (path: string): Promise<void> => {
    const { status, text } = await visitor.get(path);
    for (const [link] of text.matchAll(/\/(?:proposals|dialogues|help|cases)\/[\w-]{6,}(?=")/gu)) links.add(link);
    seen[`${bare(path, app)} ${String(Object.keys(seen).length)}`] = `${String(status)} ${bare(text, app)}`;
  };
  for (const path of pages.filter((one) => !but.includes(one))) await look(path);
  for (const link of [...links]) await look(link);
  return seen;
}

type Seen = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where pages differ, and what stands there; whole pages would fill the terminal. */
function differences(one: Seen, other: Seen): string[] {
  return Object.entries(one).flatMap(([who, seen]) => {
    const also = other[who] ?? {};
    const paths = [...new Set([...Object.keys(seen), ...Object.keys(also)])];
    return paths.flatMap((path) => {
      const [left = '', right = ''] = [seen[path], also[path]];
      if (left === right) return [];
      let at = 0;
      while (left[at] === right[at]) at += 1;
      const near = (text: string): string => text.slice(Math.max(0, at - 60), at + 60).replaceAll('\n', ' ');
      return [`${who} ${path}: ${near(left)} | ${near(right)}`];
    });
  });
}

interface Secret {
  /** What happens in both; kept: whether the secret is true there. */
  readonly story: (app: TestApp, kept: boolean) => Promise<Visitor>;
  /** Pages on which product.md lets it count: figures over everybody. */
  readonly but?: readonly string[];
}

const figures = ['/report', '/report.csv'];
const rita = { subject: 'Rita Reader' };

/** Enough mentors that one more or less changes no answer of the night's table. */
async function crowd(app: TestApp): Promise<void> {
  for (let at = 0; at < 12; at += 1) {
    const labId = at % 2 === 0 ? 'etis' : 'liris';
    const offer = { topics: ['career_project', 'self_confidence'] as const };
    await app.service().ports.members.insert(memberOf({ labId, offer, name: `Member ${at}`, status: 'active' }));
  }
}

async function reader(app: TestApp): Promise<Visitor> {
  const visitor = await participant(app, rita);
  await visitor.submit('/request', requestAnswers);
  await takeOutlook(app.service().ports);
  await takeSnapshot(app.service().ports);
  return visitor;
}

function answered(answer: string): Secret['story'] {
  return async (app, kept) => {
    const { mentee, mentor, proposal } = await proposedPair(app, { mentee: 'Rita Reader', mentor: 'Sue Secret' });
    await mentor.get(proposal);
    if (kept) await mentor.submit(`${proposal}/answer`, { answer });
    return mentee;
  };
}

const secrets: Readonly<Record<string, Secret>> = {
  'somebody takes part': {
    but: figures,
    story: async (app, kept) => {
      await crowd(app);
      if (kept) await (await participant(app, { subject: 'Sue Secret' })).submit('/mentor', offerAnswers);
      return reader(app);
    },
  },
  'somebody avoids the reader': {
    story: async (app, kept) => {
      await crowd(app);
      const sue = await participant(app, { subject: 'Sue Secret' });
      await sue.submit('/mentor', offerAnswers);
      const avoid = kept ? 'rita.reader@example.org' : 'nobody.else@example.org';
      await sue.submit('/profile', { ...profileAnswers('Sue Secret'), avoid });
      return reader(app);
    },
  },
  'somebody has the reader’s address as their own': {
    but: figures,
    story: async (app, kept) => {
      await crowd(app);
      const email = kept ? 'rita.reader@example.org' : 'sue.secret@example.org';
      const sue = await app.enter({ subject: 'Sue Secret', lab: 'liris' });
      await sue.submit('/charter', { ...profileCharter('Sue Secret'), email });
      return reader(app);
    },
  },
  'the other person has said no': { story: answered('no') },
  'the other person has said yes': { story: answered('yes') },
};

function profileCharter(name: string): Record<string, string> {
  const { email } = profileAnswers(name);
  return { name, email: String(email), version: charterVersion, agree: 'yes' };
}

describe('Two programmes that differ in what the reader did', () => {
  const [one, other] = [useApp(), useApp()];

  it('read otherwise: the walk would find a difference', async () => {
    const seen: Seen[] = [];
    for (const app of [one, other]) {
      const visitor = await reader(app);
      if (app === other) await visitor.submit('/request/withdraw');
      seen.push({ participant: await walk(app, visitor) });
    }
    const places = differences(seen[0]!, seen[1]!).map((line) => line.split(' ')[1]);
    expect(places).to.include.members(['/', '/request', '/my-data']);
  });
});

for (const [what, { story, but = [] }] of Object.entries(secrets)) {
  describe(`Two programmes that differ in one secret: ${what}`, function () {
    this.timeout(300_000);
    const one = useApp();
    const other = useApp();

    it('read the same, for a participant, a coordinator of a lab and one of all labs', async () => {
      const readers = await Promise.all([story(one, false), story(other, true)]);
      const apps = [one, other] as const;
      const walks = apps.map(async (app, index) => {
        const coordinators = [{ subject: labCoordinator, lab: 'liris' }, { subject: crossLabCoordinator }];
        const seen = { participant: await walk(app, readers[index]!) };
        for (const person of coordinators) {
          Object.assign(seen, { [person.subject]: await walk(app, await app.enter(person), but) });
        }
        return seen;
      });
      const [without, kept] = await Promise.all(walks);
      expect(Object.keys(without!.participant).length).to.be.greaterThan(12);
      expect(differences(without!, kept!)).to.deep.equal([]);
    });
  });
}
