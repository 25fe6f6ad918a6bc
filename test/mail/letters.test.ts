// Letters that one person's acts cause to another: three within a day, the rest told together, whatever crashes.
import { expect } from 'chai';
import type { Notice } from '../../service/domain/notice.ts';
import type { LoadFacts } from '../../service/mail/ports.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { mailTexts } from '../../views/mails/engine.ts';
import { aMailer, aMeeting, aNotice, factsOf, morning, type TestMailer } from '../support/mail.ts';
import { useSmtp } from '../support/smtp.ts';
import { useStore } from '../support/store.ts';

const [minute, hour] = [60_000, 3_600_000];
/** From Tuesday 10:00 in Paris to Wednesday 8:00. */
const toNextMorning = 22 * hour;

describe('letters of a thread', () => {
  const database = useStore();
  const smtp = useSmtp();
  const open: TestMailer[] = [];
  /** Keys of notices that were overtaken. */
  const untrue = new Set<string>();
  /** When the meeting of a notice begins, by its subject. */
  const starts = new Map<string, Date>();

  const load: LoadFacts = (notice) => {
    if (untrue.has(notice.key)) return Promise.resolve(undefined);
    const facts = factsOf(notice.kind);
    const startsAt = starts.get(notice.subjectId);
    const at = facts.meeting && startsAt ? { meeting: aMeeting({ id: notice.subjectId, startsAt }) } : {};
    return Promise.resolve({ ...facts, ...at });
  };
  const mailer = (parts: Parameters<typeof aMailer>[2] = {}): TestMailer => {
    const made = aMailer(createOutbox(database.connection()), smtp.url(), { load, ...parts });
    open.push(made);
    return made;
  };
  const letter = (key: string, change: Partial<Notice> = {}): Notice =>
    aNotice({ key, kind: 'dialogue_on_hold', subjectId: 'd1', thread: 'd1', ...change });
  const subjects = (): (string | undefined)[] => smtp.mails().map(({ subject }) => subject);
  const { subject: alone } = mailTexts.fr.notices.dialogue_on_hold;
  const { subject: together } = mailTexts.fr.digest;
  /** Works the queue off as the service does, every few seconds. */
  const workOff = async (...mailers: TestMailer[]): Promise<void> => {
    for (let turns = 0; turns < 20; turns += 1) {
      await Promise.all(mailers.map((one) => one.deliverDue()));
      for (const one of mailers) one.passProgramme(minute);
    }
  };

  beforeEach(async () => {
    for (const name of ['outbox', 'letter_turns']) await database.connection().collection(name).deleteMany({});
    untrue.clear();
    starts.clear();
  });
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  it('are three of a hundred, and one the next morning that says each thing once', async () => {
    const workers = [mailer(), mailer()];
    const kinds = ['dialogue_on_hold', 'dialogue_resumed'] as const;
    const notices = Array.from({ length: 100 }, (_, index) => letter(`n${index}`, { kind: kinds[index % 2]! }));
    await workers[0]!.queue.enqueue(...notices);
    await workOff(...workers);
    expect(subjects()).to.have.length(3).and.not.include(together);
    for (const one of workers) one.passProgramme(toNextMorning);
    await workOff(...workers);
    expect(subjects()).to.have.length(4);
    const { text = '', subject } = smtp.mails().at(-1)!;
    expect(subject).to.equal(together);
    for (const kind of kinds) expect(text.split(mailTexts.fr.notices[kind].paragraphs[1]!)).to.have.length(2);
    const { pending, sent } = await workers[0]!.queue.stats(new Date(morning.getTime() + 10 * toNextMorning));
    expect({ pending, sent }).to.deep.equal({ pending: 0, sent: 100 });
  });

  it('tell the next morning only what is still true, and nothing where nothing is', async () => {
    const one = mailer();
    await one.queue.enqueue(...['a', 'b', 'c', 'd', 'e'].map((key) => letter(key)));
    await workOff(one);
    expect(subjects()).to.have.length(3);
    for (const key of ['a', 'b', 'c', 'd', 'e']) untrue.add(key);
    one.passProgramme(toNextMorning);
    await workOff(one);
    expect(subjects()).to.have.length(3);
    expect((await one.queue.stats(morning)).dropped).to.equal(2);
  });

  it('are counted for each thread and each person by itself, and other mails not at all', async () => {
    const one = mailer();
    const many = ['d1', 'd2'].flatMap((thread) =>
      ['m1', 'm2'].flatMap((memberId) =>
        Array.from({ length: 4 }, (_, index) => letter(`${thread}${memberId}${index}`, { thread, memberId })),
      ),
    );
    await one.queue.enqueue(...many, ...['x', 'y', 'z', 'w'].map((key) => aNotice({ key })));
    await workOff(one);
    expect(subjects().filter((subject) => subject === alone)).to.have.length(12);
    expect(subjects()).to.have.length(16);
  });

  it('have three new ones a day after the first', async () => {
    const one = mailer();
    await one.queue.enqueue(letter('a'), letter('b'), letter('c'));
    await workOff(one);
    one.passProgramme(23 * hour);
    await one.queue.enqueue(letter('d'));
    await workOff(one);
    expect(subjects()).to.have.length(3);
    one.passProgramme(hour);
    await one.queue.enqueue(letter('e'));
    await workOff(one);
    expect(subjects()).to.have.length(4);
  });

  it('do not wait for the morning about a meeting that is agreed for before: once, two hours ahead of it', async () => {
    const one = mailer();
    starts.set('tonight', new Date(morning.getTime() + 8 * hour));
    await one.queue.enqueue(letter('a'), letter('b'), letter('c'));
    await workOff(one);
    const about = { kind: 'meeting_agreed', subjectId: 'tonight' } as const;
    await one.queue.enqueue(letter('d', about), letter('e'));
    await workOff(one);
    expect(subjects()).to.have.length(3);
    one.passProgramme(4 * hour);
    await one.queue.enqueue(letter('f', about));
    await workOff(one);
    expect(subjects()).to.have.length(3);
    one.passProgramme(2 * hour);
    await workOff(one);
    expect(subjects()).to.have.length(4);
    const last = smtp.mails().at(-1)!;
    expect(last.subject).to.equal(together);
    expect(last.attachments.map(({ mimeType }) => mimeType)).to.include('text/calendar');
  });

  it('bring one calendar entry a mail; what brings another follows an hour later', async () => {
    const one = mailer();
    await one.queue.enqueue(...['a', 'b', 'c'].map((key) => letter(key)));
    await workOff(one);
    await one.queue.enqueue(
      ...['m1', 'm2'].map((subjectId) => letter(`of ${subjectId}`, { kind: 'meeting_cancelled', subjectId })),
    );
    await workOff(one);
    one.passProgramme(toNextMorning);
    await workOff(one);
    expect(subjects()).to.have.length(4);
    one.passProgramme(hour);
    await workOff(one);
    expect(subjects()).to.have.length(5);
    const entries = smtp
      .mails()
      .slice(3)
      .map(({ attachments }) => attachments.length);
    expect(entries.every((count) => count > 0)).to.equal(true);
  });

  for (const deed of ['markSent', 'giveBackThread', 'gatherThread', 'retryAt'] as const) {
    it(`lose nothing and tell nothing twice under another name when a worker dies at ${deed}`, async () => {
      const killed = (): Promise<never> => Promise.reject(new Error('killed here'));
      const queue = createOutbox(database.connection());
      const dying = mailer({ queue: { ...queue, [deed]: killed }, pausesMs: [], lanes: 1 });
      const after = mailer();
      await after.queue.enqueue(...Array.from({ length: 6 }, (_, index) => letter(`n${index}`)));
      for (let days = 0; days < 2; days += 1) {
        for (let turns = 0; turns < 3; turns += 1) await dying.deliverDue().catch(() => undefined);
        after.passReal(6 * minute);
        await workOff(after);
        dying.passProgramme(toNextMorning);
        after.passProgramme(toNextMorning);
        after.passReal(6 * minute);
      }
      await workOff(after);
      const names = smtp.mails().map(({ messageId }) => messageId);
      expect(new Set(names).size).to.be.within(3, 5);
      const { pending, sent } = await after.queue.stats(new Date(morning.getTime() + 10 * toNextMorning));
      expect({ pending, sent }).to.deep.equal({ pending: 0, sent: 6 });
    });
  }
});
