import { expect } from 'chai';
import type { Email } from 'postal-mime';
import { nudges, type Notice } from '../../service/domain/notice.ts';
import type { LoadFacts, MailQueue } from '../../service/mail/ports.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { mailTexts } from '../../views/mails/engine.ts';
import { aMailer, aNotice, factsOf, morning, type TestMailer } from '../support/mail.ts';
import { useSmtp } from '../support/smtp.ts';
import { useStore } from '../support/store.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const after = (ms: number): Date => new Date(morning.getTime() + ms);

/** Every notice is about somebody of its own, so that mails tell which notices they hold. */
const loadNamed: LoadFacts = (notice) => {
  const facts = factsOf(notice.kind, {
    email: `${notice.memberId}@etis.example`,
    emailHash: `hash of ${notice.memberId}`,
  });
  return Promise.resolve({
    ...facts,
    ...(facts.partner && { partner: { ...facts.partner, name: `<${notice.key}>` } }),
  });
};

const nudge = (key: string, change: Partial<Notice> = {}): Notice => aNotice({ key, kind: 'pulse', ...change });
const holds = (mail: Email, key: string): boolean => mail.text?.includes(`<${key}>`) ?? false;

describe('nudges', () => {
  const database = useStore();
  const smtp = useSmtp();
  const open: TestMailer[] = [];

  const mailer = (parts: Parameters<typeof aMailer>[2] = {}): TestMailer => {
    const made = aMailer(createOutbox(database.connection()), smtp.url(), { load: loadNamed, ...parts });
    open.push(made);
    return made;
  };
  /** A mailer whose process is killed as soon as it wants to do one of these. */
  const dying = (...deeds: (keyof MailQueue)[]): TestMailer => {
    const queue = createOutbox(database.connection());
    const killed = (): Promise<never> => Promise.reject(new Error('killed here'));
    return mailer({ queue: { ...queue, ...Object.fromEntries(deeds.map((deed) => [deed, killed])) }, pausesMs: [] });
  };
  const stored = async (key: string): Promise<Record<string, unknown>> =>
    (await database.connection().collection<{ _id: string }>('outbox').findOne({ _id: key })) ?? {};

  beforeEach(async () => {
    for (const name of ['outbox', 'nudges', 'refusals']) await database.connection().collection(name).deleteMany({});
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  it('share one mail a person when they are due together, with two workers of ten lanes each', async () => {
    const workers = [mailer(), mailer()];
    const people = Array.from({ length: 25 }, (_, index) => `m${index}`);
    const kinds = ['pulse', 'fit_check', 'inactivity_reminder', 'first_meeting_nudge'] as const;
    const notices = people.flatMap((memberId) =>
      kinds.map((kind) => aNotice({ key: `${kind}-of-${memberId}.`, kind, memberId })),
    );
    await workers[0]!.queue.enqueue(...notices);
    const counts = await Promise.all(workers.map((worker) => worker.deliverDue()));
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).to.equal(notices.length);
    expect(smtp.mails().map(({ to }) => to?.[0]?.address)).to.have.members(people.map((id) => `${id}@etis.example`));
    for (const { key } of notices)
      expect(
        smtp.mails().filter((mail) => holds(mail, key)),
        key,
      ).to.have.length(1);
    for (const { subject } of smtp.mails()) expect(subject).to.equal(mailTexts.fr.digest.subject);
  });

  it('leave alone, under their own subject, when nothing else waits', async () => {
    const one = mailer();
    await one.queue.enqueue(nudge('alone'));
    await one.deliverDue();
    expect(smtp.mails()[0]!.subject).to.equal(mailTexts.fr.notices.pulse.subject);
  });

  it('wait for the first sending hour five days after the last one, once, and then leave together', async () => {
    const one = mailer();
    await one.queue.enqueue(nudge('first'));
    await one.deliverDue();
    one.passProgramme(hour);
    await one.queue.enqueue(nudge('second', { notBefore: after(hour) }), nudge('third', { notBefore: after(hour) }));
    expect(await one.deliverDue()).to.deep.include({ sent: 0, postponed: 2 });
    expect(await one.deliverDue(), 'nothing is looked at again').to.deep.include({ sent: 0, postponed: 0 });
    // Sunday would be five days later; Tuesday at 08:30 in Paris is the first sending hour.
    expect((await stored('second'))['notBefore']).to.deep.equal(new Date('2026-12-01T07:30:00Z'));
    one.passProgramme(7 * day - 2 * hour);
    expect(await one.deliverDue()).to.deep.include({ sent: 2 });
    expect(smtp.mails().map((mail) => ['first', 'second', 'third'].filter((key) => holds(mail, key)))).to.deep.equal([
      ['first'],
      ['second', 'third'],
    ]);
  });

  it('leave at once when the person must act before, and take along what was put off', async () => {
    const one = mailer();
    await one.queue.enqueue(nudge('first'));
    await one.deliverDue();
    await one.queue.enqueue(nudge('second'));
    await one.deliverDue();
    await one.queue.enqueue(aNotice({ key: 'urgent', kind: 'proposal_reminder', actBy: after(4 * day) }));
    expect(await one.deliverDue()).to.deep.include({ sent: 2, postponed: 0 });
    expect(smtp.mails()).to.have.length(2);
    expect(holds(smtp.mails()[1]!, 'second')).to.equal(true);
    await one.queue.enqueue(nudge('third'));
    expect(await one.deliverDue(), 'the next one counts from there').to.deep.include({ sent: 0, postponed: 1 });
  });

  it('keep other mails waiting for nothing: they leave whenever they are due', async () => {
    const one = mailer();
    await one.queue.enqueue(nudge('first'));
    await one.deliverDue();
    await one.queue.enqueue(aNotice({ key: 'end', kind: 'dialogue_ended' }), aNotice({ key: 'sent' }));
    expect(await one.deliverDue()).to.deep.include({ sent: 2, postponed: 0 });
  });

  it('leave out of a shared mail what was overtaken, and what cannot be written', async () => {
    const load: LoadFacts = (notice) => {
      if (notice.key === 'broken') return Promise.reject(new Error('broken'));
      return notice.key === 'overtaken' ? Promise.resolve(undefined) : loadNamed(notice);
    };
    const one = mailer({ load, lanes: 1 });
    await one.queue.enqueue(...['a', 'broken', 'overtaken', 'z'].map((key) => nudge(key)));
    expect(await one.deliverDue()).to.deep.include({ sent: 2, dropped: 1, failed: 1 });
    expect(smtp.mails()).to.have.length(1);
    expect(['a', 'z'].every((key) => holds(smtp.mails()[0]!, key))).to.equal(true);
  });

  it('stay one mail with one Message-ID when the server says 451 first', async () => {
    const one = mailer();
    await one.queue.enqueue(nudge('a'), nudge('b'));
    smtp.refuse({ code: 451, at: 'data', times: 2 });
    expect(await one.deliverDue()).to.deep.include({ retried: 2 });
    one.passProgramme(hour);
    expect(await one.deliverDue()).to.deep.include({ retried: 2 });
    one.passProgramme(hour);
    const { sent } = await one.deliverDue();
    expect(sent).to.equal(2);
    expect(smtp.mails()).to.have.length(1);
  });

  it('that shared a mail which the server put off leave at the next try even if the first of them is overtaken', async () => {
    const gone = new Set<string>();
    const load: LoadFacts = (notice) => (gone.has(notice.key) ? Promise.resolve(undefined) : loadNamed(notice));
    for (const overtaken of ['a', 'b']) {
      const one = mailer({ load });
      const memberId = `m-${overtaken}`;
      await one.queue.enqueue(...['a', 'b', 'c'].map((key) => nudge(memberId + key, { memberId })));
      smtp.refuse({ code: 451, at: 'data', times: 1 });
      expect(await one.deliverDue()).to.deep.include({ retried: 3 });
      gone.add(memberId + overtaken);
      one.passProgramme(hour);
      // A lane may open the overtaken one while another one gathers it: it is dropped once, and seen once or twice.
      const { sent, dropped } = await one.deliverDue();
      expect({ sent, isDropped: dropped > 0 }).to.deep.equal({ sent: 2, isDropped: true });
    }
    expect(smtp.mails()).to.have.length(2);
  });

  it('that could not be written in time wait for the next turn, whatever the name of the mail that left', async () => {
    let isBroken = true;
    const load: LoadFacts = (notice) =>
      isBroken && notice.key === 'a' ? Promise.reject(new Error('broken')) : loadNamed(notice);
    const victim = dying('markSent', 'retryAt', 'giveUp');
    await victim.queue.enqueue(nudge('a'), nudge('b'));
    await victim.deliverDue().catch(() => undefined);
    const heir = mailer({ load });
    heir.passReal(5 * minute);
    expect(await heir.deliverDue()).to.deep.include({ sent: 1, failed: 1 });
    isBroken = false;
    heir.passProgramme(hour);
    expect(await heir.deliverDue()).to.deep.include({ sent: 0, postponed: 1 });
  });

  for (const deed of ['gather', 'markSent', 'giveBackTurn', 'takeTurn'] as const) {
    it(`are neither lost nor sent twice under two names when a worker is killed at ${deed}`, async () => {
      const victim = dying(deed, ...(deed === 'markSent' ? (['retryAt', 'giveUp'] as const) : []));
      const keys = ['a', 'b', 'c'];
      await victim.queue.enqueue(...keys.map((key) => nudge(key)));
      await victim.deliverDue().catch(() => undefined);
      const heirs = [mailer(), mailer()];
      for (const heir of heirs) heir.passReal(5 * minute);
      await Promise.all(heirs.map((heir) => heir.deliverDue()));
      const left = deed === 'markSent' ? 2 : 1;
      expect(smtp.mails(), 'only after the 250 there is a twin').to.have.length(left);
      expect(smtp.arrivals().size, 'which has the same Message-ID').to.equal(1);
      for (const mail of smtp.mails()) expect(keys.filter((key) => holds(mail, key))).to.deep.equal(keys);
      for (const key of keys) expect(await stored(key)).to.include({ status: 'sent' });
    });
  }

  it('wait for the morning when an outage of the server ends at night, unless the person must act before', async () => {
    const one = mailer();
    const urgent = { kind: 'proposal_reminder', memberId: 'm2', actBy: after(20 * hour) } as const;
    await one.queue.enqueue(nudge('a'), aNotice({ key: 'plain' }), aNotice({ key: 'urgent', ...urgent }));
    await smtp.goAway();
    await one.deliverDue();
    await smtp.comeBack();
    one.passProgramme(12 * hour);
    expect(await one.deliverDue()).to.deep.include({ sent: 1, postponed: 2 });
    expect(smtp.mails()[0]!.to?.[0]?.address).to.equal('m2@etis.example');
    // Wednesday, 08:30 in Paris.
    for (const key of ['a', 'plain']) {
      expect((await stored(key))['notBefore']).to.deep.equal(new Date('2026-11-25T07:30:00Z'));
    }
    one.passProgramme(11 * hour);
    expect(await one.deliverDue()).to.deep.include({ sent: 2 });
  });

  it('wait for the end of the lab’s closure', async () => {
    const closed = { zone: 'Europe/Paris', closures: [{ from: '11-20', to: '12-04' }] };
    const one = mailer({
      load: (notice) => Promise.resolve(factsOf(notice.kind, { calendar: closed })),
    });
    await one.queue.enqueue(nudge('a'));
    expect(await one.deliverDue()).to.deep.include({ sent: 0, postponed: 1 });
    expect((await stored('a'))['notBefore']).to.deep.equal(new Date('2026-12-08T07:30:00Z'));
  });

  it('wait for the next sending day where an earlier version put them down for a public holiday', async () => {
    const ascensionDay = new Date('2027-05-06T09:00:00Z');
    const calendar = { zone: 'Europe/Paris', closures: [], holidays: 'france' } as const;
    const one = mailer({
      load: (notice) => Promise.resolve(factsOf(notice.kind, { calendar })),
      clock: { now: () => ascensionDay },
    });
    await one.queue.enqueue(aNotice({ key: 'news', notBefore: ascensionDay }), {
      ...nudge('a'),
      notBefore: ascensionDay,
    });
    expect(await one.deliverDue()).to.deep.include({ sent: 0, postponed: 2 });
    for (const key of ['news', 'a']) {
      expect((await stored(key))['notBefore']).to.deep.equal(new Date('2027-05-11T06:30:00Z'));
    }
  });

  it('of every kind may share a mail', async () => {
    const one = mailer();
    await one.queue.enqueue(...nudges.map((kind) => aNotice({ key: kind, kind })));
    expect(await one.deliverDue()).to.deep.include({ sent: nudges.length });
    expect(smtp.mails()).to.have.length(1);
  });

  describe('and an address that the server refuses', () => {
    const refuse = async (one: TestMailer): Promise<void> => {
      await one.queue.enqueue(nudge('first'), nudge('with it'));
      smtp.refuse({ code: 550, at: 'rcpt' });
      expect(await one.deliverDue()).to.deep.include({ refused: 2 });
      smtp.accept();
    };

    it('are not tried again, nor is any mail that can wait; what somebody did is told all the same', async () => {
      const one = mailer();
      await refuse(one);
      await one.queue.enqueue(nudge('second'), aNotice({ key: 'third', kind: 'dialogue_ended' }));
      expect(await one.deliverDue()).to.deep.include({ sent: 0, refused: 2 });
      expect(await one.queue.isRefused('m1')).to.equal(true);
      await one.queue.enqueue(aNotice({ key: 'fourth', kind: 'dialogue_introduced' }));
      expect(await one.deliverDue()).to.deep.include({ sent: 1 });
      expect(await one.queue.isRefused('m1'), 'it got through').to.equal(false);
    });

    it('do not silence a coordinator, whom no page would tell: each mail is tried', async () => {
      const one = mailer();
      await refuse(one);
      await one.queue.enqueue(aNotice({ key: 'case', kind: 'case_opened' }));
      expect(await one.deliverDue()).to.deep.include({ sent: 1, refused: 0 });
    });

    it('leave for another address at once, and for the same one when the member says it is right', async () => {
      const one = mailer();
      await refuse(one);
      await one.queue.forgiveRefusal('m1', after(0));
      one.passProgramme(7 * day);
      await one.queue.enqueue(aNotice({ key: 'same', kind: 'dialogue_ended' }));
      expect(await one.deliverDue()).to.deep.include({ sent: 1 });
      await one.queue.noteRefusal('m1', 'hash of an address given up', after(0));
      await one.queue.enqueue(aNotice({ key: 'other', kind: 'dialogue_ended' }));
      expect(await one.deliverDue()).to.deep.include({ sent: 1 });
      expect(await one.queue.isRefused('m1')).to.equal(false);
    });

    it('leave no address in the database', async () => {
      await refuse(mailer());
      const all = await database.connection().collection('refusals').find().toArray();
      expect(all.map((one) => Object.keys(one).sort())).to.deep.equal([['_id', 'at', 'emailHash']]);
      expect(JSON.stringify(all)).to.not.include('@');
    });
  });

  it('of one person do not hold up another’s', async () => {
    const one = mailer({ lanes: 1 });
    await one.queue.enqueue(nudge('first'));
    await one.deliverDue();
    await one.queue.enqueue(...['a', 'b', 'c'].map((key) => nudge(key)), nudge('other', { memberId: 'm2' }));
    expect(await one.deliverDue()).to.deep.include({ sent: 1, postponed: 3 });
  });
});
