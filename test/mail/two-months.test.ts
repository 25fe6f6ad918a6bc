import { expect } from 'chai';
import fc from 'fast-check';
import type { Email } from 'postal-mime';
import { nextSendingTime } from '../../service/domain/calendar.ts';
import { leaveAt, nudgeDays, nudges, noticeTiming, type Notice, type NoticeKind } from '../../service/domain/notice.ts';
import type { LoadFacts } from '../../service/mail/ports.ts';
import { createOutbox } from '../../service/store/outbox.ts';
import { aMailer, factsOf, morning, type TestMailer } from '../support/mail.ts';
import { useSmtp, type TestSmtp } from '../support/smtp.ts';
import { useStore } from '../support/store.ts';

const hour = 3_600_000;
const day = 24 * hour;
const calendar = { zone: 'Europe/Paris', closures: [{ from: '12-22', to: '01-03' }] };
const stepHours = 3;
const people = 12;
const seed = 1;

/** Something that the programme has to say to somebody. urgentHours: how long they have to act, if they have to. */
interface Event {
  readonly atHour: number;
  readonly member: number;
  readonly kind: NoticeKind;
  readonly urgentHours: number | undefined;
}

const nudging = fc.constantFrom<NoticeKind>('pulse', 'fit_check', 'inactivity_reminder', 'first_meeting_nudge');
const other = fc.constantFrom<NoticeKind>('dialogue_introduced', 'closing_offered', 'hold_question');
const events = fc.array(
  fc.record<Event>({
    atHour: fc.integer({ min: 0, max: 56 * 24 }),
    member: fc.integer({ min: 0, max: people - 1 }),
    kind: fc.oneof({ weight: 3, arbitrary: nudging }, { weight: 1, arbitrary: other }),
    urgentHours: fc.option(fc.integer({ min: 1, max: 48 }), { nil: undefined, freq: 8 }),
  }),
  { minLength: 250, maxLength: 250 },
);
/** A trouble of the server, by the hour at which it begins. */
interface Trouble {
  readonly atHour: number;
  readonly what: 'away' | 451;
  readonly turns: number;
}

const troubles = fc.array(
  fc.record<Trouble>({
    atHour: fc.integer({ min: 0, max: 60 * 24 }),
    what: fc.constantFrom('away' as const, 451 as const),
    turns: fc.integer({ min: 1, max: 8 }),
  }),
  { minLength: 25, maxLength: 25 },
);

const loadNamed: LoadFacts = ({ key, kind, memberId }) => {
  const facts = factsOf(kind, { email: `${memberId}@etis.example`, emailHash: memberId, calendar });
  return Promise.resolve({ ...facts, ...(facts.partner && { partner: { ...facts.partner, name: `<${key}>` } }) });
};

function noticeOf({ member, kind, urgentHours }: Event, index: number, now: Date): Notice {
  const actBy = urgentHours === undefined ? undefined : new Date(now.getTime() + urgentHours * hour);
  const notBefore = leaveAt(kind, calendar, { now, ...(actBy && { actBy }) });
  return { key: `k${index}.`, kind, memberId: `m${member}`, subjectId: 's', notBefore, ...(actBy && { actBy }) };
}

/** Lets the server be away or busy for some turns. */
async function trouble(smtp: TestSmtp, { what, turns }: Trouble, turn: () => Promise<void>): Promise<void> {
  if (what === 'away') await smtp.goAway();
  else smtp.refuse({ code: what, at: 'rcpt' });
  for (let done = 0; done < turns; done += 1) await turn();
  if (what === 'away') await smtp.comeBack();
  smtp.accept();
}

describe('two months of mails', function () {
  this.timeout(300_000);
  const database = useStore();
  const smtp = useSmtp();
  const open: TestMailer[] = [];
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  it('hold at most one nudge a person in five days, keep to the sending hours and lose nothing', async () => {
    for (const name of ['outbox', 'nudges']) await database.connection().collection(name).deleteMany({});
    let present = morning.getTime();
    const clock = { now: () => new Date(present) };
    const queue = createOutbox(database.connection());
    const workers = [1, 2].map(() =>
      aMailer(queue, smtp.url(), { clock, wallClock: clock, load: loadNamed, lanes: 2 }),
    );
    open.push(...workers);
    const [planned = []] = fc.sample(events, { seed, numRuns: 1 });
    const [disturbed = []] = fc.sample(troubles, { seed, numRuns: 1 });
    const notices = new Map<string, Notice>();

    const turn = async (): Promise<void> => {
      const passed = (present - morning.getTime()) / hour;
      const fresh = planned.flatMap((event, index) =>
        event.atHour >= passed && event.atHour < passed + stepHours ? [noticeOf(event, index, clock.now())] : [],
      );
      for (const notice of fresh) notices.set(notice.key, notice);
      await queue.enqueue(...fresh);
      await Promise.all(workers.map((worker) => worker.deliverDue()));
      present += stepHours * hour;
    };
    while (present < morning.getTime() + 80 * day) {
      const passed = (present - morning.getTime()) / hour;
      const now = disturbed.find(({ atHour }) => atHour >= passed && atHour < passed + stepHours);
      if (now) await trouble(smtp, now, turn);
      else await turn();
    }

    expect(notices.size).to.equal(250);
    expect(await queue.stats(clock.now())).to.deep.include({ pending: 0, sent: 250, exhausted: 0, refused: 0 });
    expect([...notices.keys()].filter((key) => lettersIn(smtp.mails(), key) !== 1)).to.deep.equal([]);
    expect(smtp.arrivals().size, 'no twin').to.equal(smtp.mails().length);
    expect(lateOnes(smtp.mails(), notices), 'outside the sending hours').to.deep.equal([]);
    expect(crowded(smtp.mails(), notices), 'within five days').to.deep.equal([]);
    expect(
      smtp.mails().some((mail) => keysIn(mail, notices).length > 2),
      'some share a mail',
    ).to.equal(true);
  });
});

const keysIn = ({ text = '' }: Email, notices: ReadonlyMap<string, Notice>): string[] =>
  [...notices.keys()].filter((key) => text.includes(`<${key}>`));
const lettersIn = (mails: readonly Email[], key: string): number =>
  mails.filter(({ text }) => text?.includes(`<${key}>`)).length;
const at = (mail: Email): Date => new Date(mail.date!);

/** Whether one of its letters was not allowed to wait until then. */
function couldNotWait(mail: Email, until: Date, notices: ReadonlyMap<string, Notice>): boolean {
  return keysIn(mail, notices).some((key) => {
    const { actBy } = notices.get(key)!;
    return actBy !== undefined && actBy <= until;
  });
}

function lateOnes(mails: readonly Email[], notices: ReadonlyMap<string, Notice>): string[] {
  return mails
    .filter((mail) => keysIn(mail, notices).every((key) => noticeTiming[notices.get(key)!.kind] === 'in_window'))
    .filter((mail) => nextSendingTime(calendar, at(mail)) > at(mail))
    .filter((mail) => !couldNotWait(mail, nextSendingTime(calendar, at(mail)), notices))
    .map(({ date, subject }) => `${date} ${subject}`);
}

function crowded(mails: readonly Email[], notices: ReadonlyMap<string, Notice>): string[] {
  const lastAt = new Map<string, Date>();
  const found: string[] = [];
  const nudging = mails.filter((mail) => keysIn(mail, notices).some((key) => nudges.includes(notices.get(key)!.kind)));
  for (const mail of nudging.toSorted((a, b) => at(a).getTime() - at(b).getTime())) {
    const person = mail.to?.[0]?.address ?? '';
    const before = lastAt.get(person);
    const turn = before && new Date(before.getTime() + nudgeDays * day);
    if (turn && at(mail) < turn && !couldNotWait(mail, nextSendingTime(calendar, turn), notices)) {
      found.push(`${person} ${mail.date}`);
    }
    lastAt.set(person, at(mail));
  }
  return found;
}
