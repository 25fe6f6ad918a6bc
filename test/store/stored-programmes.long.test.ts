// What earlier versions stored opens and goes on: everybody's pages, every sweep, and the invariants over thirteen months.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { jobIndexes } from '../../service/jobs/worker.ts';
import { runAllOnce } from '../../service/jobs/schedule.ts';
import { caseLife } from '../../service/domain/case.ts';
import { charterVersion } from '../../service/domain/charter.ts';
import { dialogueLife } from '../../service/domain/dialogue.ts';
import { meetingLife } from '../../service/domain/meeting.ts';
import { membershipLife } from '../../service/domain/member.ts';
import { requestLife } from '../../service/domain/mentoring-request.ts';
import { proposalLife } from '../../service/domain/proposal.ts';
import { sheetLife } from '../../service/domain/referral-check.ts';
import { missingIndexes, schemaState } from '../../service/store/index.ts';
import { capacity, consistent, onlyOne, placesHeld, waiting } from '../crash/invariants.ts';
import { readWorld } from '../crash/world.ts';
import { load, type StoredHead } from '../fixtures/dump.ts';
import { crossLabCoordinator, labCoordinator, useApp, type Visitor } from '../support/app.ts';
import { useSmtp } from '../support/smtp.ts';
import { rounds } from '../support/rounds.ts';

const folder = path.resolve(import.meta.dirname, '../fixtures');
const stored = readdirSync(folder).filter((name) => /^schema-\d+\.ejson\.gz$/u.test(name));
const dayMs = 86_400_000;
/** Those of an older schema are opened and looked at once more: what goes on is judged by the newest in the short form. */
const monthsOf = (name: string): number => rounds({ short: name === newest ? 1 : 0, long: 13 });
/** Before people sign again, and after the months, most pages lead to the same few: the short form opens those of a quarter. */
const around = { most: rounds({ short: 2, long: Number.POSITIVE_INFINITY }), share: rounds({ short: 4, long: 1 }) };
/** The short form looks at every so many of the people. */
const oneIn = (name: string): number => rounds({ short: name === newest ? 4 : 48, long: 1 });
/** Nothing in them is ever read by a later version: counts of a day, and a log that is not used. */
const passing = ['limits', 'agenda_logs'];

const states: Readonly<Record<string, readonly string[]>> = {
  members: Object.keys(membershipLife),
  requests: Object.keys(requestLife),
  proposals: Object.keys(proposalLife),
  dialogues: Object.keys(dialogueLife),
  meetings: Object.keys(meetingLife),
  cases: Object.keys(caseLife),
  referral_sheets: Object.keys(sheetLife),
  outbox: ['pending', 'sent', 'refused', 'exhausted', 'dropped'],
};
const endings = {
  requests: ['outcome', 'served', 'withdrawn', 'expired'],
  dialogues: ['closing', 'completed', 'ended_early', 'no_contact'],
};

/** New states without a migration: the next stored programme has them, by a deed of its story. */
const inventedSince: Readonly<Record<string, readonly string[]>> = { 'schema-2.ejson.gz': ['excluded'] };

/** Whoever signs again stays: these are left to the way they go. */
const leaving = ['draft', 'withdrawn', 'erased', 'older-charter', 'excluded'];

const pages = [
  ...['/', '/my-data', '/my-data/export.json', '/charter', '/profile', '/availability', '/request', '/request/change'],
  ...['/mentor', '/help', '/choices', '/calendar-feed', '/referral'],
];
const coordinatorPages = ['/', '/cases', '/report', '/report.csv', '/referral'];

/** Of the newest schema: an older one may lack what was invented since. */
const newest = `schema-${String(Math.max(...stored.map((name) => Number(/\d+/u.exec(name)?.[0]))))}.ejson.gz`;

for (const name of stored) {
  const months = monthsOf(name);
  describe(`store: the programme of ${name}`, function () {
    this.timeout(600_000);
    this.slow(60_000);
    const smtp = useSmtp();
    let head: StoredHead;
    const found: Record<string, string[]> = {};
    const app = useApp(
      {},
      {
        env: () => ({ SMTP_URL: smtp.url() }),
        prepare: async (uri, issuerOf) => {
          const connection = await mongoose.createConnection(uri).asPromise();
          const db = connection.db!;
          head = await load(db, readFileSync(path.join(folder, name)));
          for (const collection of [...Object.keys(states), ...Object.keys(endings)]) {
            found[collection] = (await db.collection(collection).distinct('status')) as string[];
          }
          for (const [collection, [field = '']] of Object.entries(endings)) {
            found[`${collection}.${field}`] = (await db.collection(collection).distinct(field)) as string[];
          }
          found['empty'] = [];
          // Of what its own tree knew: what was invented since has a stored programme of its own.
          for (const { collectionName } of await db.collections()) {
            const isEmpty = !passing.includes(collectionName) && !(await db.collection(collectionName).findOne());
            if (isEmpty) found['empty'].push(collectionName);
          }
          // The intranets of this run stand at addresses of their own; the people are known by their registrations.
          for (const lab of ['etis', 'liris']) {
            const issuer = issuerOf(lab);
            const addresses = {
              authorizationUrl: `${issuer}/auth`,
              tokenUrl: `${issuer}/token`,
              keysetUrl: `${issuer}/keys`,
            };
            await db.collection('lti_registrations').updateOne({ name: lab }, { $set: { issuer, ...addresses } });
          }
          await connection.close();
        },
      },
    );
    const connection = () => app.service().connection;

    /** Status 500 and more are faults of the service; everything else is an answer. */
    const open = async (visitor: Visitor, addresses: readonly string[]): Promise<string[]> => {
      const faults: string[] = [];
      for (const address of addresses) {
        const { status } = await visitor.get(address);
        if (status >= 500) faults.push(`${address} ${status}`);
      }
      return faults;
    };
    const linksOf = (visitor: Visitor): string[] => [
      ...new Set(visitor.last?.text.match(/\/(?:proposals|dialogues|help|cases)\/[\w-]+(?=")/gu) ?? []),
    ];
    const openAll = async ({ most = pages.length, share = 1 } = {}): Promise<{
      faults: string[];
      links: Set<string>;
    }> => {
      const faults: string[] = [];
      const links = new Set<string>();
      for (const person of head.people.filter((_, index) => index % (oneIn(name) * share) === 0)) {
        const visitor = await app.enter(person);
        const own = linksOf(visitor);
        own.forEach((link) => links.add(link.split('/')[1] ?? ''));
        faults.push(
          ...(await open(visitor, [...own, ...pages.slice(0, most)])).map((fault) => `${person.subject}: ${fault}`),
        );
      }
      return { faults, links };
    };

    /** Everybody who goes on: the charter may have changed since. */
    const signAll = async (): Promise<void> => {
      const staying = head.people.filter((one) => !leaving.includes(one.subject));
      for (const { subject, lab } of staying.filter((_, index) => index % oneIn(name) === 0)) {
        const visitor = await app.enter({ subject, lab, target: '/' });
        const values = { name: `Person ${subject}`, email: `${subject}@${lab}.example` };
        await visitor.get('/charter');
        await visitor.submit('/charter', { ...values, version: charterVersion, agree: 'yes' });
      }
    };

    it('was stored with everybody in every state, and something of every kind', function () {
      if (name !== newest) return;
      for (const [collection, wanted] of Object.entries(states)) {
        const since = inventedSince[name] ?? [];
        expect(found[collection], collection).to.include.members(wanted.filter((state) => !since.includes(state)));
      }
      for (const [collection, [field = '', ...wanted]] of Object.entries(endings)) {
        expect(found[`${collection}.${field}`], collection).to.include.members(wanted);
      }
      expect(found['empty']).to.deep.equal([]);
    });

    it('is of this version after the start, with every index', async () => {
      const { version, wanted, pending, isRecorded } = await schemaState(connection());
      expect({ version, pending, isRecorded }).to.deep.equal({ version: wanted, pending: [], isRecorded: true });
      expect(await missingIndexes(connection(), jobIndexes)).to.deep.equal([]);
    });

    it('shows everybody, in whatever state, all pages without a fault, and coordinators theirs', async () => {
      app.clock.set(head.present);
      expect((await openAll(around)).faults).to.deep.equal([]);
      await signAll();
      const { faults, links } = await openAll(name === newest ? {} : around);
      expect(faults).to.deep.equal([]);
      if (name === newest) expect([...links]).to.include.members(['proposals', 'dialogues']);
      for (const person of [{ subject: crossLabCoordinator }, { subject: labCoordinator, lab: 'liris' }]) {
        const visitor = await app.enter(person);
        expect(await open(visitor, coordinatorPages)).to.deep.equal([]);
        expect(await open(visitor, linksOf(visitor))).to.deep.equal([]);
      }
    });

    it(`goes on for ${months} months: no sweep fails on a record, and the invariants hold`, async () => {
      const { jobs } = app.service();
      const failures: string[] = [];
      const before = app.log.length;
      for (let days = 0; days <= months * 31; days += days < 30 ? 3 : 13) {
        // A Tuesday's noon, give or take: mails may leave.
        const now = new Date(head.present.getTime() + days * dayMs);
        app.clock.set(now);
        for (const { name: job, error, report } of await runAllOnce(jobs)) {
          if (error || (report?.['failed'] ?? 0) > 0)
            failures.push(`day ${days}: ${job} ${JSON.stringify(error ?? report)}`);
        }
        const world = await readWorld(connection(), now);
        for (const check of [capacity, placesHeld, onlyOne, consistent]) failures.push(...check(world));
      }
      const world = await readWorld(connection(), app.clock.now());
      failures.push(...waiting(world));
      expect(failures).to.deep.equal([]);
      expect(app.log.slice(before).filter(({ msg }) => String(msg).includes('failed'))).to.deep.equal([]);
      expect(smtp.mails().length).to.be.at.least(months > 0 ? 21 : 0);
    });

    it('can be opened by everybody afterwards, who are strangers again or go on', async () => {
      app.clock.set(new Date(head.present.getTime() + months * 31 * dayMs));
      expect((await openAll(around)).faults).to.deep.equal([]);
    });
  });
}
