// The coordinators' report: who sees what of it, and that nothing hidden can be had from its page, chart or file.
import { expect } from 'chai';
import { pino } from 'pino';
import { loadConfig } from '../../config/load-config.ts';
import { memberOf, requestOf } from '../../service/demo/factories.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { runDemandedMatching } from '../../service/usecases/run-demanded-matching.ts';
import { takeSnapshot } from '../../service/usecases/take-snapshot.ts';
import { type Service, wire } from '../../service/wiring.ts';
import type { Visitor } from '../support/app.ts';
import { crossLabCoordinator, labCoordinator, monday, plain, useApp } from '../support/app.ts';
import { participant } from '../support/people.ts';
import { inTurns } from '../support/in-turns.ts';

/** Members and, among them, mentors (of two places each) of each lab. */
type Census = Readonly<Record<string, readonly [members: number, mentors: number]>>;

const census: Census = { etis: [9, 6], liris: [8, 7], lix: [7, 3], stms: [6, 2], isir: [5, 5] };

const mainOf = (html: string): string => /<main[^]*<\/main>/u.exec(html)?.[0] ?? '';

/** Rows of the table as text, by its caption's id. */
function rowsOf(html: string, id: string): string[][] {
  const table = new RegExp(`<caption id="${id}">[^]*?</table>`, 'u').exec(html)?.[0] ?? '';
  return [...table.matchAll(/<tr[^]*?<\/tr>/gu)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/gu)].map(([, text = '']) => plain(text.replace(/<[^>]*>/gu, ''))),
  );
}

describe('the report', () => {
  const app = useApp();
  const ports = () => app.service().ports;
  const crossLab = (facts: { locale?: string } = {}): Promise<Visitor> =>
    app.enter({ subject: crossLabCoordinator, target: '/report', ...facts });
  const ofLiris = (): Promise<Visitor> => app.enter({ subject: labCoordinator, lab: 'liris', target: '/report' });

  async function populate(labs: Census): Promise<void> {
    const { connection } = app.service();
    for (const name of ['members', 'requests', 'proposals', 'dialogues', 'runs', 'snapshots', 'outbox']) {
      await connection.collection(name).deleteMany({});
    }
    for (const [labId, [members, mentors]] of Object.entries(labs)) {
      const facts = Array.from({ length: members }, (_, index) => (index < mentors ? { offer: {} } : {}));
      await inTurns(facts, (one) => ports().members.insert(memberOf({ labId, ...one })));
    }
  }

  /** Asks for whoever offers nothing, so that a run has something to do. */
  async function ask(howMany: number): Promise<void> {
    const members = await app.service().connection.collection('members').find({ offer: null }).toArray();
    const asking = members.slice(0, howMany).map(({ _id, labId }) => ({ memberId: String(_id), labId: String(labId) }));
    await inTurns(asking, (facts) => ports().requests.insert(requestOf(facts)));
  }

  describe('before the first figures', () => {
    before(() => populate({}));

    it('says when they come, to both coordinators, and has no file', async () => {
      for (const visitor of [await crossLab(), await ofLiris()]) {
        expect(visitor.last?.status).to.equal(200);
        expect(visitor.last?.text).to.include('pas encore de chiffres').and.include('le 1er à 3 heures');
        expect((await visitor.get('/report.csv')).status).to.equal(404);
      }
    });
  });

  describe('with frozen figures', () => {
    before(async () => {
      await populate(census);
      app.clock.set(monday);
      await takeSnapshot(ports());
    });

    it('does not exist for a participant, who has no link to it either', async () => {
      const visitor = await participant(app, { subject: 'Paul Participe' });
      expect(visitor.last?.text).not.to.include('/report');
      for (const path of ['/report', '/report.csv']) expect((await visitor.get(path)).status).to.equal(404);
      await visitor.get('/');
      expect((await visitor.send('/report/match', { act: 'start', run: 'x' })).status).to.equal(404);
      await app.service().connection.collection('members').deleteOne({ name: 'Paul Participe' });
    });

    it('does not open without a session', async () => {
      for (const path of ['/report', '/report.csv']) expect((await app.stranger().get(path)).status).to.equal(401);
    });

    it('opens for a cross-lab coordinator who never signed the charter, from the link that names it', async () => {
      const { last } = await crossLab();
      expect(last?.text).to.include('<h1>Bilan des laboratoires</h1>').and.include('aria-current="page">Bilan</a>');
      expect(await app.service().connection.collection('members').countDocuments({ personKey: /cross/u })).to.equal(0);
    });

    it('shows every lab and the total, and hides small labs with what would give them back', async () => {
      const { text = '' } = (await crossLab()).last ?? {};
      const few = 'effectif insuffisant';
      expect(rowsOf(text, 'table-people')).to.deep.equal([
        ['Laboratoire', 'Membres', 'Mentors'],
        ['ETIS', '9', '6'],
        ['LIRIS', '8', '7'],
        ['LIX', '7', few],
        ['STMS', '6', few],
        ['ISIR', '5', few],
        ['Tous les laboratoires', '35', '23'],
      ]);
      expect(rowsOf(text, 'table-places').map((row) => row[1])).to.deep.equal([
        'Places offertes',
        '12',
        '14',
        few,
        few,
        few,
        '46',
      ]);
      expect(
        rowsOf(text, 'table-paths')
          .flatMap((row) => row.slice(1))
          .filter((cell) => cell === few),
      ).to.have.length(18);
    });

    it('never says zero of what is hidden, in no cell, bar or sentence', async () => {
      const main = mainOf((await crossLab()).last?.text ?? '');
      expect(main).not.to.match(/>\s*0\b|\b0 (?:membres|mentors|libres|propositions|dialogues)|width="0(?:\.0+)?%?"/u);
      expect(main).to.include('Dialogues\u00a0: l’effectif est insuffisant');
    });

    it('tells when the figures were frozen and what month they are of, and sums each up in a sentence', async () => {
      const text = plain((await crossLab()).last?.text ?? '');
      expect(text).to.include('Chiffres de novembre 2026.').and.include('arrêtés le 23 novembre 2026');
      expect(text).to.include('1er décembre 2026').and.include('35 personnes participent').and.include('46 places.');
    });

    it('speaks English to a coordinator whose platform does', async () => {
      const { text = '' } = (await crossLab({ locale: 'en-GB' })).last ?? {};
      expect(text).to.include('<h1>Report on the labs</h1>').and.include('35 people take part');
      expect(rowsOf(text, 'table-people')[3]).to.deep.equal(['LIX', '7', 'too few people']);
      expect(mainOf(text)).not.to.match(/effectif|laboratoire/iu);
    });

    it('shows a lab’s coordinator the own row only: no other lab, no total, no runs', async () => {
      const visitor = await ofLiris();
      const main = mainOf(visitor.last?.text ?? '');
      expect(rowsOf(main, 'table-people')).to.deep.equal([
        ['Laboratoire', 'Membres', 'Mentors'],
        ['LIRIS', '8', '7'],
      ]);
      expect(main).to.include('<h1>Bilan\u00a0: LIRIS</h1>').and.include('8 personnes participent');
      expect(main).not.to.match(/ETIS|LIX|STMS|ISIR|Tous les laboratoires|>35|>23<|\/report\/match/u);
      expect((await visitor.send('/report/match', { act: 'preview', run: 'x' })).status).to.equal(404);
    });

    it('keeps its figures when somebody joins', async () => {
      await ports().members.insert(memberOf({ labId: 'liris', offer: {} }));
      expect(rowsOf((await ofLiris()).last?.text ?? '', 'table-people')[1]).to.deep.equal(['LIRIS', '8', '7']);
    });

    it('gives the same figures as a file for spreadsheets, hidden cells in words', async () => {
      const { headers, text } = await (await crossLab()).get('/report.csv');
      expect(headers['content-type']).to.equal('text/csv; charset=utf-8');
      expect(headers['content-disposition']).to.equal('attachment; filename=mentorat-dialogue-bilan-2026-11.csv');
      const lines = text.split('\r\n');
      expect(text.startsWith('\uFEFFMois;Laboratoire;Membres;Mentors;')).to.equal(true);
      expect(lines[3]).to.equal(`2026-11;LIX;7;${'effectif insuffisant;'.repeat(5)}effectif insuffisant`);
      expect(lines).to.have.length(8);
      expect(text).not.to.match(/;0(?:;|\r)/u);
      const own = (await (await ofLiris()).get('/report.csv')).text.trim().split('\r\n');
      expect(own.map((line) => line.split(';').slice(0, 3).join(';'))).to.deep.equal([
        'Mois;Laboratoire;Membres',
        '2026-11;LIRIS;8',
      ]);
    });
  });

  it('is letter for letter the same whichever of two hidden labs the few mentors are in', async () => {
    const pages: string[] = [];
    for (const [lix, stms] of [
      [3, 2],
      [1, 4],
    ] as const) {
      await populate({ ...census, lix: [7, lix], stms: [6, stms] });
      await takeSnapshot(ports());
      const visitor = await crossLab();
      const file = (await visitor.get('/report.csv')).text;
      pages.push(mainOf((await visitor.get('/report')).text).replace(/value="[^"]*"/gu, '') + file);
    }
    expect(pages[0]).to.include('LIX').and.equal(pages[1]);
  });

  describe('with its matching runs', () => {
    const tokens = (html: string): string => /name="run" value="([^"]*)"/u.exec(html)?.[1] ?? '';
    /** Everything that is stored, without the web sessions. */
    const stored = async (): Promise<unknown[]> => {
      const collections = (await app.service().connection.db!.collections()).filter(
        ({ collectionName }) => !/session|launch|login|nonce/iu.test(collectionName),
      );
      collections.sort((one, other) => one.collectionName.localeCompare(other.collectionName));
      return Promise.all(
        collections.map(async (one) => [one.collectionName, await one.find().sort({ _id: 1 }).toArray()]),
      );
    };

    beforeEach(async () => {
      await populate({ etis: [12, 6], liris: [8, 5] });
      await ask(7);
    });

    const turn = async (): Promise<void> => {
      const job = app.service().jobs.find(({ name }) => name === 'match-demanded');
      await job!.run(new AbortController().signal);
    };
    /** Presses one of the two buttons and follows to the page of what was asked for. */
    async function demand(act: 'preview' | 'start', visitor: Visitor): Promise<string> {
      const answer = await visitor.send('/report/match', { act, run: tokens(visitor.last?.text ?? '') });
      const address = answer.headers['location'] ?? '';
      expect([answer.status, address]).to.deep.equal([303, address.match(/^\/report\/runs\/[\w-]+$/u)?.[0]]);
      await visitor.get(address);
      return address;
    }
    const heading = ({ last }: Visitor): string => plain(/<h1[^>]*>([^<]*)/u.exec(last?.text ?? '')?.[1] ?? '');
    const status = ({ last }: Visitor): string =>
      plain(/role="status"[^>]*>([^<]*)/u.exec(last?.text ?? '')?.[1] ?? '');
    const rows = ({ last }: Visitor): Record<string, string> =>
      Object.fromEntries(
        [...(last?.text ?? '').matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)<\/dd>/gu)].map(([, label = '', value = '']) => [
          plain(label),
          plain(value),
        ]),
      );
    const refreshes = ({ last }: Visitor): boolean => /<noscript><meta http-equiv="refresh"/u.test(last?.text ?? '');
    const proposals = (): Promise<number> => app.service().connection.collection('proposals').countDocuments({});

    it('shows the cross-lab coordinator what a run would do in steps of five, and proposes nothing', async () => {
      const visitor = await crossLab();
      const before = await stored();
      const address = await demand('preview', visitor);
      expect([heading(visitor), refreshes(visitor)]).to.deep.equal(['Calcul à blanc en cours', true]);
      expect(rows(visitor)).to.deep.equal({});
      await turn();
      await visitor.get(address);
      expect([heading(visitor), refreshes(visitor)]).to.deep.equal(['Ce qu’une recherche donnerait', false]);
      expect(rows(visitor)).to.include({
        'Demandes ouvertes': 'au moins 5',
        'Places libres': 'au moins 20',
        'Demandes servies': 'au moins 5',
      });
      expect(rows(visitor)).to.not.have.any.keys('Propositions faites');
      expect(mainOf(visitor.last?.text ?? '')).not.to.match(/\b(?:7|22)\b/u);
      const others = (all: unknown[]): unknown[] =>
        all.filter((one) => !/^(?:runs|limits|audit_.*)$/u.test((one as [string])[0]));
      expect(others(await stored())).to.deep.equal(others(before));
      expect(before.map((one) => (one as [string])[0])).to.include.members([
        'members',
        'requests',
        'proposals',
        'outbox',
      ]);
    });

    it('leads from a dry run to a run', async () => {
      const visitor = await crossLab();
      const address = await demand('preview', visitor);
      await turn();
      await visitor.get(address);
      await demand('start', visitor);
      await turn();
      expect(await proposals()).to.equal(7);
    });

    it('does not wait for a run: its page says that it waits, then what came of it, and the report lists it', async () => {
      const visitor = await crossLab();
      const address = await demand('start', visitor);
      expect([heading(visitor), refreshes(visitor)]).to.deep.equal(['Recherche en cours', true]);
      expect(status(visitor)).to.include('dans quelques secondes');
      expect(await proposals()).to.equal(0);
      await turn();
      await visitor.get(address);
      expect([heading(visitor), refreshes(visitor)]).to.deep.equal(['Recherche terminée', false]);
      const few = 'effectif insuffisant';
      const {
        'Empreinte de ce qui a été lu': input,
        'Tirage (départage ce qui est égal)': seed,
        ...told
      } = rows(visitor);
      expect([input, seed].join()).to.match(/^[0-9a-f]{32},\d+$/u);
      expect(told).to.deep.equal({
        'Demandes ouvertes': 'au moins 5',
        'Places libres': 'au moins 20',
        'Demandes servies': 'au moins 5',
        'Propositions faites': 'au moins 5',
        'Propositions écartées, car la situation avait changé': few,
        'Binômes possibles': 'au moins 70',
        'Points du binôme le moins accordé, sur 100': few,
        'Somme des points de tous les binômes': few,
        Début: '23 novembre 2026 à 10:00',
        Fini: '23 novembre 2026 à 10:00',
        'Version des règles': '1',
        Contrôle: 'Le certificat a été vérifié\u00a0: aucun autre choix n’aurait fait mieux selon les règles.',
      });
      await visitor.get('/report');
      expect(visitor.last?.text).to.include(`href="${address}"`);
      expect(rowsOf(visitor.last?.text ?? '', 'table-runs')[1]).to.deep.equal([
        '23 novembre 2026 à 10:00',
        'terminée',
        'au moins 5',
        'au moins 5',
        'au moins 5',
      ]);
      expect(await proposals()).to.equal(7);
    });

    it('starts one run only when the form is sent twice at once', async () => {
      const visitor = await crossLab();
      const run = tokens(visitor.last?.text ?? '');
      const answers = await Promise.all([1, 2].map(() => visitor.send('/report/match', { act: 'start', run })));
      expect(new Set(answers.map(({ headers }) => headers['location'])).size).to.equal(1);
      await Promise.all([turn(), turn()]);
      expect(await app.service().connection.collection('runs').countDocuments({})).to.equal(1);
      expect(await proposals()).to.equal(7);
    });

    describe('on two copies of the service', () => {
      let copy: Service;
      before('start another copy', async () => {
        const config = loadConfig({ MONGODB_URI: app.databaseUri(), MENTORAT_SECRET: 'x'.repeat(32) });
        copy = await wire(config, { clock: app.clock, logger: pino({ level: 'silent' }) });
      });
      after('stop it', () => copy.close());

      /** The other copy does the run and, at a point of it, waits for `during`. */
      async function elsewhere(during: () => Promise<void>): Promise<void> {
        const { ports: own } = copy;
        const proposing = Object.create(own.members, {
          holdPlaces: {
            value: async (...places: Parameters<Ports['members']['holdPlaces']>) => {
              await during();
              return own.members.holdPlaces(...places);
            },
          },
        }) as Ports['members'];
        await runDemandedMatching({ ...own, members: proposing });
      }

      it('is followed on one while the other does it', async () => {
        const visitor = await crossLab();
        const address = await demand('start', visitor);
        await elsewhere(async () => {
          await visitor.get(address);
          expect(status(visitor)).to.equal('Étape 2 sur 2\u00a0: envoi des propositions, 0\u00a0% sont traitées.');
          expect(rows(visitor)).to.include({ 'Demandes servies': 'au moins 5' });
          await visitor.get('/report');
          expect(rowsOf(visitor.last?.text ?? '', 'table-runs')[1]?.[1]).to.equal('en cours');
        });
        await visitor.get(address);
        expect(heading(visitor)).to.equal('Recherche terminée');
        expect(await proposals()).to.equal(7);
      });

      it('is stopped from one while the other does it, and says what it has done until then', async () => {
        await populate({ etis: [820, 300] });
        await ask(520);
        const visitor = await crossLab();
        const address = await demand('start', visitor);
        let isAsked = false;
        await elsewhere(async () => {
          if (isAsked) return;
          isAsked = true;
          await visitor.submit(`${address}/stop`);
          expect(visitor.last?.text).to.include('L’arrêt est demandé').and.not.include('/stop"');
        });
        await visitor.get(address);
        expect(heading(visitor)).to.equal('Recherche interrompue');
        expect(status(visitor)).to.equal('La recherche a été arrêtée avant la fin.');
        expect(visitor.last?.text).to.include('Les propositions déjà faites restent valables.');
        expect(rows(visitor)).to.include({ 'Demandes servies': 'au moins 520', 'Propositions faites': 'au moins 500' });
        expect(await proposals()).to.equal(500);
        await visitor.submit(`${address}/stop`);
        expect(heading(visitor)).to.equal('Recherche interrompue');
      }).timeout(60_000);

      it('fails on one without a word of the error, and is asked for again', async () => {
        const visitor = await crossLab();
        const address = await demand('start', visitor);
        await runDemandedMatching({ ...copy.ports, matcher: () => Promise.reject(new Error('Ada Martin')) });
        await visitor.get(address);
        expect([heading(visitor), refreshes(visitor)]).to.deep.equal(['Recherche interrompue', false]);
        expect(status(visitor)).to.include('Une erreur a tout arrêté');
        expect(visitor.last?.text).to.not.include('Ada');
        await visitor.get('/report');
        expect(rowsOf(visitor.last?.text ?? '', 'table-runs')[1]?.[1]).to.equal('arrêtée par une erreur');
        await visitor.get(address);
        await demand('start', visitor);
        await turn();
        expect(await proposals()).to.equal(7);
      });
    });

    it('keeps still a page of a run whose visitor wants it so, until they want otherwise', async () => {
      const visitor = await crossLab();
      const address = await demand('start', visitor);
      await visitor.get(`${address}?still=yes`);
      expect(refreshes(visitor)).to.equal(false);
      expect(visitor.last?.text).to.include(`<a href="${address}">La mettre à jour</a>`).and.not.include('progress.');
    });

    it('has no page of a run for a lab’s coordinator, a participant, or under a key that is none', async () => {
      const visitor = await crossLab();
      const address = await demand('start', visitor);
      for (const odd of ['demand-nobody', 'regular', '$ne', 'demand-%20', 'x'.repeat(200)]) {
        expect((await visitor.get(`/report/runs/${odd}`)).status, odd).to.equal(404);
      }
      for (const other of [await ofLiris(), await participant(app, { subject: 'Rosa Request' })]) {
        expect((await other.get(address)).status).to.equal(404);
        await other.get('/charter');
        expect((await other.send(`${address}/stop`)).status).to.equal(404);
        expect((await other.send('/report/match', { act: 'preview', run: 'x' })).status).to.equal(404);
      }
      expect((await app.stranger().get(address)).status).to.equal(401);
      expect((await visitor.send(`${address}/stop`, { _csrf: 'x' })).status).to.equal(403);
      await turn();
      expect(await proposals()).to.equal(7);
    });

    it('keeps the address of a run out of the log', async () => {
      const visitor = await crossLab();
      const address = await demand('start', visitor);
      const lines = app.log.map((line) => JSON.stringify(line));
      expect(lines.some((line) => line.includes('/report/runs/:key'))).to.equal(true);
      expect(lines.filter((line) => line.includes(address))).to.deep.equal([]);
    });

    it('does nothing for a form without the page’s token or with fields that are not its own', async () => {
      const visitor = await crossLab();
      const run = tokens(visitor.last?.text ?? '');
      expect((await visitor.send('/report/match', { _csrf: 'x', act: 'start', run })).status).to.equal(403);
      for (const odd of [
        { act: 'start', run: '$ne' },
        { act: 'all', run },
        { act: 'start', run, labId: 'lix' },
      ]) {
        expect((await visitor.send('/report/match', odd)).headers['location']).to.equal('/report');
      }
      expect(await app.service().connection.collection('runs').countDocuments({})).to.equal(0);
    });

    it('hides the counts of a run that stand for few, and never says zero', async () => {
      await populate({});
      const facts = { seed: 1, rulesVersion: 'v1', inputHash: 'hash', startedAt: monday, finishedAt: monday };
      const figures = { requests: 12, places: 20, served: 10, proposed: 8, skipped: 2 };
      await ports().runs.claim({ key: 'regular one', ...facts, ...figures });
      await ports().runs.claim({
        key: 'regular two',
        ...facts,
        requests: 4,
        places: 0,
        served: 0,
        proposed: 0,
        skipped: 0,
      });
      const rows = rowsOf((await crossLab()).last?.text ?? '', 'table-runs')
        .slice(1)
        .map((row) => row.slice(2).join());
      const few = 'effectif insuffisant';
      expect(rows).to.have.members([['au moins 10', 'au moins 10', 'au moins 5'].join(), [few, few, few].join()]);
    });

    it('hides on a run’s own page too what stands for few: its scores, its pairs and what it read', async () => {
      const facts = { seed: 1, rulesVersion: 'v1', startedAt: monday, finishedAt: monday, proposed: 0, skipped: 0 };
      const found = { requests: 4, places: 20, served: 4, pairs: 61, lowest: 43, total: 231 };
      await ports().runs.claim({ key: 'regular few', ...facts, ...found, inputHash: 'f'.repeat(32) });
      const visitor = await crossLab();
      await visitor.get('/report/runs/regular-few');
      const hidden = Object.entries(rows(visitor)).filter(([, value]) => value === 'effectif insuffisant');
      expect(hidden).to.have.length(9);
      expect(mainOf(visitor.last?.text ?? '')).not.to.match(/\b(?:4|20|61|43|231)\b|fff/u);
    });
  });
});
