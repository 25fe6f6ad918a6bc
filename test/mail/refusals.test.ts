// Whose fault a refusal is, by a real SMTP end: a dead mailbox is about one person; everything else waits for a repair.
import { expect } from 'chai';
import { verdictOf, withoutAddresses, type SmtpAnswer, type Verdict } from '../../service/mail/smtp-verdict.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { aMailer, aNotice, factsOf, type TestMailer } from '../support/mail.ts';
import { useSmtp, type SmtpRefusal } from '../support/smtp.ts';
import { useStore } from '../support/store.ts';

const hour = 3_600_000;

describe('what a mail server says', () => {
  const said: readonly [Verdict, SmtpAnswer['stage'], string][] = [
    ['mailbox', 'recipient', '550 5.1.1 User unknown'],
    ['mailbox', 'recipient', '550 5.1.1: no such user'],
    ['mailbox', 'recipient', '550 #5.1.1. User unknown'],
    ['unclear', 'recipient', '550 5.1.1.20 is blocked'],
    ['mailbox', 'data', '550-5.1.1 The account does not exist\n550 5.1.1 see help'],
    ['mailbox', 'recipient', '550 5.1.2 Bad destination system'],
    ['mailbox', 'recipient', '553 5.1.3 Bad syntax'],
    ['mailbox', 'recipient', '551 5.1.6 Mailbox has moved'],
    ['mailbox', 'recipient', '556 5.1.10 Recipient address has null MX'],
    ['mailbox', 'recipient', '550 5.2.1 Mailbox disabled'],
    ['mailbox', 'recipient', '550 5.7.17 Mailbox owner has changed'],
    ['later', 'recipient', '552 5.2.2 Mailbox full'],
    ['later', 'recipient', '450 4.2.1 Try again'],
    ['later', 'recipient', '550 4.7.1 Greylisted'],
    ['later', 'recipient', '552 over quota'],
    ['ours', 'data', '550 5.7.26 Unauthenticated email from programme.example is not accepted'],
    ['ours', 'data', '550 5.4.5 Daily sending quota exceeded'],
    ['ours', 'recipient', '550 5.7.1 Relaying denied'],
    ['ours', 'recipient', '554 5.7.1 Blocked using a list'],
    ['ours', 'recipient', '550 5.4.1 Access denied'],
    ['ours', 'recipient', '550 5.1.8 Sender address has null MX'],
    ['ours', 'sender', '550 5.1.7 Bad sender'],
    ['ours', 'sender', '550 5.1.1 Sender unknown'],
    ['ours', 'data', '554 5.6.0 Content not liked'],
    ['ours', 'recipient', '501 5.5.4 Bad parameters'],
    ['ours', 'data', '552 5.3.4 Message too big'],
    ['ours', 'data', '554 Transaction failed'],
    ['ours', 'recipient', '554 No SMTP service here'],
    ['unclear', 'recipient', '550 No such user here'],
    ['unclear', 'recipient', '550 5.0.0 Rejected'],
    ['ours', 'data', '550 5.0.0 Rejected'],
  ];
  for (const [verdict, stage, text] of said) {
    it(`is about ${verdict}: ${stage}, ${text.split('\n')[0] ?? ''}`, () => {
      expect(verdictOf({ stage, code: Number(text.slice(0, 3)), text })).to.equal(verdict);
    });
  }

  it('is repeated without addresses, and without a part of the recipient’s', () => {
    const text = '550 5.7.26 mail for <ada.martin@etis.example> (Ada Martin) from x@y.example: see\nhelp id=abc';
    const told = withoutAddresses(text, { name: 'Ada Martin', address: 'ada.martin@etis.example' });
    expect(told).to.equal('550 5.7.26 mail for … … … from … see help …');
  });
});

describe('a mail server that refuses', () => {
  const database = useStore();
  const smtp = useSmtp();
  const open: TestMailer[] = [];
  const people = Array.from({ length: 8 }, (_, index) => `m${index}`);

  const mailer = (lanes = 1): TestMailer => {
    const load = ({ kind, memberId }: { kind: Parameters<typeof factsOf>[0]; memberId: string }) =>
      Promise.resolve(factsOf(kind, { email: `${memberId}@etis.example`, emailHash: `hash of ${memberId}` }));
    const made = aMailer(createOutbox(database.connection()), smtp.url(), { load, lanes });
    open.push(made);
    return made;
  };
  const enqueue = async (one: TestMailer, some: readonly string[], round = 'first'): Promise<void> => {
    for (const memberId of some) {
      await one.queue.enqueue(aNotice({ key: `${round}:${memberId}`, memberId, kind: 'dialogue_introduced' }));
    }
  };
  const flagged = async ({ queue }: TestMailer): Promise<string[]> => {
    const all = await Promise.all(people.map(async (id) => ((await queue.isRefused(id)) ? [id] : [])));
    return all.flat();
  };
  const arrived = (): number => smtp.mails().length;

  beforeEach(async () => {
    for (const name of ['outbox', 'nudges', 'refusals']) await database.connection().collection(name).deleteMany({});
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  const ours: readonly (SmtpRefusal & { readonly text: string })[] = [
    { code: 550, at: 'data', text: '5.7.26 This mail is unauthenticated' },
    { code: 550, at: 'data', text: '5.4.5 Daily sending quota exceeded' },
    { code: 554, at: 'rcpt', text: '5.7.1 Relay access denied for m1@etis.example' },
    { code: 550, at: 'mail', text: '5.1.8 Sender rejected' },
    { code: 554, at: 'data', text: 'rejected by policy' },
    { code: 550, at: 'rcpt', text: 'rejected' },
  ];
  for (const refusal of ours) {
    it(`by ${refusal.code} ${refusal.text} at ${refusal.at} flags nobody, is told, and all is delivered after the repair`, async () => {
      const one = mailer();
      await enqueue(one, people);
      smtp.refuse(refusal);
      for (let tries = 0; tries < (refusal === ours[0] ? 45 : 4); tries += 1) {
        await one.deliverDue();
        one.passProgramme(4 * hour);
      }
      expect(await flagged(one)).to.deep.equal([]);
      expect(await one.queue.stats(new Date('2027-06-01'))).to.include({
        refused: 0,
        exhausted: 0,
        pending: people.length,
      });
      const alarms = one.logs.filter((line) => line.startsWith('refused us'));
      if (refusal.text !== 'rejected')
        expect(alarms[0]).to.include(`${refusal.code} ${refusal.text.split(' ')[0] ?? ''}`);
      expect(alarms.join(' ')).to.not.match(/@|m1@|etis/u);
      smtp.accept();
      one.passProgramme(4 * hour);
      await one.deliverDue();
      expect(arrived()).to.equal(people.length);
    });
  }

  it('without a reason is about the person while others are accepted', async () => {
    const one = mailer();
    smtp.refuse({ code: 550, at: 'rcpt', text: 'no such user', of: (address) => address.startsWith('m3@') });
    await enqueue(one, people);
    expect(await one.deliverDue()).to.deep.include({ sent: 7, refused: 1 });
    expect(await flagged(one)).to.deep.equal(['m3']);
  });

  for (const lanes of [1, 8]) {
    it(`without a reason, once several in a row are refused, was ours from the first: it is taken back, by ${lanes} at a time`, async () => {
      const one = mailer(lanes);
      await enqueue(one, ['m0'], 'before');
      expect(await one.deliverDue()).to.deep.include({ sent: 1 });
      smtp.refuse({ code: 550, at: 'rcpt', text: 'rejected' });
      await enqueue(one, people);
      await one.deliverDue();
      expect(await flagged(one)).to.deep.equal([]);
      expect(await one.queue.stats(new Date('2027-06-01'))).to.include({ refused: 0, pending: people.length });
      smtp.accept();
      one.passProgramme(4 * hour);
      await one.deliverDue();
      expect(arrived()).to.equal(1 + people.length);
    });
  }

  it('of a dead mailbox is believed at once, whatever others get', async () => {
    const one = mailer();
    smtp.refuse({ code: 550, at: 'rcpt' });
    await enqueue(one, people);
    expect(await one.deliverDue()).to.deep.include({ refused: people.length });
    expect(await flagged(one)).to.deep.equal(people);
  });

  it('leaves what it refused to be shown and queued again, addresses and all', async () => {
    const one = mailer();
    smtp.refuse({ code: 550, at: 'rcpt' });
    await enqueue(one, people);
    await one.deliverDue();
    const [line, ...others] = await one.queue.listGivenUp(new Date('2026-01-01'));
    expect(others).to.deep.equal([]);
    expect(line).to.include({ kind: 'dialogue_introduced', code: 'refused', count: people.length });
    expect(await one.queue.retryGivenUp(new Date('2027-01-01'), new Date('2026-11-24T09:00:00Z'))).to.equal(0);
    smtp.accept();
    expect(await one.queue.retryGivenUp(new Date('2026-01-01'), new Date('2026-11-24T09:00:00Z'))).to.equal(
      people.length,
    );
    expect(await flagged(one)).to.deep.equal([]);
    await one.deliverDue();
    expect(arrived()).to.equal(people.length);
    expect(await one.queue.listGivenUp(new Date('2026-01-01'))).to.deep.equal([]);
  });
});
