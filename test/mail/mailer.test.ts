import { expect } from 'chai';
import { backoffMs } from '../../service/mail/delivery.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { createTransport } from '../../service/mail/transport.ts';
import { aMailer, aNotice, entryUrl, factsOf, morning, sender, type TestMailer } from '../support/mail.ts';
import { useSmtp } from '../support/smtp.ts';
import { useStore } from '../support/store.ts';

const minute = 60_000;
const hour = 60 * minute;
const personal = /ada|martin|@etis|nobody\.secret/i;

describe('mailer', () => {
  const database = useStore();
  const smtp = useSmtp();
  const open: TestMailer[] = [];

  const mailer = (parts: Parameters<typeof aMailer>[2] = {}): TestMailer => {
    const made = aMailer(createOutbox(database.connection()), smtp.url(), parts);
    open.push(made);
    return made;
  };

  beforeEach(async () => {
    for (const name of ['outbox', 'nudges', 'refusals']) await database.connection().collection(name).deleteMany({});
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  it('sends one mail when a notice is enqueued twice', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    await one.queue.enqueue(aNotice());
    expect(await one.deliverDue()).to.deep.include({ sent: 1 });
    await one.queue.enqueue(aNotice());
    expect(await one.deliverDue()).to.deep.include({ sent: 0 });
    expect(smtp.mails()).to.have.length(1);
  });

  it('writes to the person in text and HTML, from the programme, with a Date of the programme', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    await one.deliverDue();
    const [mail] = smtp.mails();
    expect(mail!.to).to.deep.equal([{ name: 'Ada Martin', address: 'ada@etis.example' }]);
    expect(mail!.from).to.deep.equal(sender);
    expect(new Date(mail!.date!)).to.deep.equal(morning);
    expect(mail!.text).to.include(entryUrl('etis'));
    expect(mail!.html).to.include('<html lang="fr">');
    const headers = new Map(mail!.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).to.equal('auto-generated');
    expect(headers.has('x-mailer')).to.equal(false);
    expect(headers.has('list-unsubscribe')).to.equal(false);
  });

  it('lets people leave nudges by List-Unsubscribe', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice({ kind: 'first_meeting_nudge' }));
    await one.deliverDue();
    const header = smtp.mails()[0]!.headers.find(({ key }) => key === 'list-unsubscribe');
    expect(header?.value).to.equal(`<${entryUrl('etis')}>`);
  });

  for (const [kind, method] of [
    ['meeting_agreed', 'PUBLISH'],
    ['meeting_cancelled', 'CANCEL'],
  ] as const) {
    it(`hands a meeting over so that calendar programs see the method ${method}, and are asked for no answer`, async () => {
      const one = mailer();
      await one.queue.enqueue(aNotice({ kind }));
      await one.deliverDue();
      const calendars = smtp.mails()[0]!.attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType));
      expect(calendars.map((calendar) => calendar.method)).to.include(method);
      const content = new TextDecoder().decode(calendars[0]!.content as ArrayBuffer);
      expect(content).to.include(`METHOD:${method}`).and.to.include('CLASS:PRIVATE').and.to.include('SUMMARY:Échange');
      expect(content).to.not.match(/ATTENDEE|RSVP/u);
    });
  }

  it('sends each mail once when several workers work at once', async () => {
    const workers = [mailer(), mailer(), mailer()];
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => workers[0]!.queue.enqueue(aNotice({ key }))));
    const counts = await Promise.all(workers.map((worker) => worker.deliverDue()));
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).to.equal(60);
    expect([...smtp.arrivals().values()]).to.deep.equal(keys.map(() => 1));
  });

  it('comes back with growing patience when the server says 451, and sends in the end', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    smtp.refuse({ code: 451, at: 'rcpt', times: 2 });
    expect(await one.deliverDue()).to.deep.include({ sent: 0, retried: 1 });
    expect(await one.deliverDue()).to.deep.include({ retried: 0 });
    one.passProgramme(minute);
    expect(await one.deliverDue()).to.deep.include({ retried: 1 });
    one.passProgramme(minute);
    expect(await one.deliverDue()).to.deep.include({ sent: 0, retried: 0 });
    one.passProgramme(minute);
    expect(await one.deliverDue()).to.deep.include({ sent: 1 });
  });

  it('stops at a 550 and remembers that the address is refused', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    smtp.refuse({ code: 550, at: 'rcpt' });
    expect(await one.deliverDue()).to.deep.include({ refused: 1 });
    smtp.accept();
    one.passProgramme(24 * hour);
    expect(await one.deliverDue()).to.deep.include({ sent: 0 });
    expect(await one.queue.isRefused('m1')).to.equal(true);
  });

  it('goes on with the others when one recipient is refused', async () => {
    const one = mailer({ lanes: 1 });
    for (const key of ['first', 'second']) await one.queue.enqueue(aNotice({ key, memberId: key }));
    smtp.refuse({ code: 550, at: 'rcpt', times: 1 });
    expect(await one.deliverDue()).to.deep.include({ sent: 1, refused: 1 });
  });

  it('gives a mail that may leave at any hour up after about five days of "later"', async () => {
    const days =
      Array.from({ length: 40 }, (_, index) => backoffMs(index + 1)).reduce((sum, ms) => sum + ms) / 24 / hour;
    expect(days).to.be.within(5, 6);
    const one = mailer();
    await one.queue.enqueue(aNotice({ kind: 'dialogue_introduced' }));
    smtp.refuse({ code: 450, at: 'data' });
    for (let tries = 0; tries < 40; tries += 1) {
      await one.deliverDue();
      one.passProgramme(4 * hour);
    }
    expect(await one.queue.stats(morning)).to.deep.include({ pending: 0, exhausted: 1 });
  });

  it('loses nothing and catches up within a minute when the server was away for an hour', async () => {
    const one = mailer();
    await Promise.all(Array.from({ length: 20 }, (_, index) => one.queue.enqueue(aNotice({ key: `k${index}` }))));
    await smtp.goAway();
    for (let passed = 0; passed < 60; passed += 1) {
      const { sent, retried } = await one.deliverDue();
      expect(sent).to.equal(0);
      expect(retried, 'a closed door ends the pass').to.be.at.most(10);
      one.passProgramme(minute);
    }
    await smtp.comeBack();
    expect(await one.deliverDue()).to.deep.include({ sent: 20 });
  });

  it('takes a server that shows us the door for away, not for a refusal of the person', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    smtp.refuse({ code: 554, at: 'connect', times: 1 });
    expect(await one.deliverDue()).to.deep.include({ refused: 0, retried: 1 });
    one.passProgramme(minute);
    expect(await one.deliverDue()).to.deep.include({ sent: 1 });
  });

  it('sends what a dead worker had in hand when its lease ends', async () => {
    const [dead, heir] = [mailer(), mailer()];
    await dead.queue.enqueue(aNotice());
    await dead.queue.claim({ now: morning, wallNow: morning, leaseMs: 5 * minute });
    expect(await heir.deliverDue()).to.deep.include({ sent: 0 });
    heir.passReal(5 * minute);
    expect(await heir.deliverDue()).to.deep.include({ sent: 1 });
  });

  it('sends again under the same Message-ID in the one unavoidable case: dead between the 250 and the record', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    const markSent = (): Promise<boolean> => Promise.reject(new Error('killed here'));
    const dying = mailer({ queue: { ...one.queue, markSent, retryAt: markSent }, pausesMs: [] });
    await dying.deliverDue().catch(() => undefined);
    one.passReal(5 * minute);
    await one.deliverDue();
    expect([...smtp.arrivals().values()]).to.deep.equal([2]);
  });

  it('insists on recording a mail that has left, so that a short absence of the database makes no twin', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    let absences = 3;
    const markSent: typeof one.queue.markSent = (claims, at) =>
      (absences -= 1) < 0 ? one.queue.markSent(claims, at) : Promise.reject(new Error('away'));
    const patient = mailer({ queue: { ...one.queue, markSent }, pausesMs: [1, 1, 1] });
    expect(await patient.deliverDue()).to.deep.include({ sent: 1, failed: 0 });
    one.passReal(24 * hour);
    one.passProgramme(24 * hour);
    await one.deliverDue();
    expect([...smtp.arrivals().values()]).to.deep.equal([1]);
  });

  it('writes to nobody who is not there any more', async () => {
    const one = mailer({ load: () => Promise.resolve(undefined) });
    await one.queue.enqueue(aNotice());
    expect(await one.deliverDue()).to.deep.include({ sent: 0, dropped: 1 });
    expect(await one.deliverDue()).to.deep.include({ dropped: 0 });
  });

  it('goes on with the others when one mail cannot be written, and logs an id without a name', async () => {
    const load = (notice: { key: string }): Promise<ReturnType<typeof factsOf>> =>
      notice.key === 'broken'
        ? Promise.reject(new Error('no record of Ada Martin <ada@etis.example>'))
        : Promise.resolve(factsOf('proposal_sent'));
    const one = mailer({ load });
    for (const key of ['broken', 'sound']) await one.queue.enqueue(aNotice({ key }));
    expect(await one.deliverDue()).to.deep.include({ sent: 1, failed: 1 });
    expect(one.logs).to.have.length(1);
    expect(one.logs[0])
      .to.match(/"reference":"[0-9a-f]{8}"/)
      .and.not.match(personal);
  });

  it('keeps neither the words of the server nor an address in the outbox', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    smtp.refuse({ code: 550, at: 'rcpt' });
    await one.deliverDue();
    const records = await database.connection().collection('outbox').find({}).toArray();
    expect(JSON.stringify([records, one.logs])).to.not.match(personal);
  });

  it('lets no name or address add a recipient or a header', async () => {
    const name = 'Ada\r\nBcc: evil@example.org, "x" <evil@example.org>';
    const one = mailer({ load: () => Promise.resolve(factsOf('proposal_sent', { name })) });
    await one.queue.enqueue(aNotice());
    await one.deliverDue();
    const [mail] = smtp.mails();
    expect(mail!.bcc).to.equal(undefined);
    expect(mail!.to!.map(({ address }) => address)).to.deep.equal(['ada@etis.example']);
  });

  it('stops early when the service stops', async () => {
    const one = mailer();
    await one.queue.enqueue(aNotice());
    expect(await one.deliverDue({ signal: AbortSignal.abort() })).to.deep.include({ sent: 0 });
    expect((await one.queue.stats(morning)).due).to.equal(1);
  });

  it('keeps to the rate that the server allows', async () => {
    const transport = createTransport({ url: smtp.url(), sender, ratePerSecond: 5, connections: 2 });
    const one = mailer({ transport });
    const keys = Array.from({ length: 11 }, (_, index) => `k${index}`);
    await Promise.all(keys.map((key) => one.queue.enqueue(aNotice({ key }))));
    const begun = performance.now();
    await one.deliverDue();
    expect(smtp.mails()).to.have.length(11);
    expect(performance.now() - begun).to.be.at.least(1800);
    transport.close();
  });

  it('reads back what it wrote, accents included', async () => {
    const one = mailer({ load: () => Promise.resolve(factsOf('proposal_sent', { name: 'Zoé Œuvrard-Ñ' })) });
    await one.queue.enqueue(aNotice());
    await one.deliverDue();
    expect(smtp.mails()[0]!.text).to.include('Bonjour Zoé Œuvrard-Ñ,').and.to.include('après deux oui');
  });
});
