// Every job that follows records, one row each, put through the same trials: not yet, due, twice, late by a month, two
// copies at once, killed at any write, frozen by a closure and by public holidays, and the hours in which its mails may leave.
import { expect } from 'chai';
import { DateTime } from 'luxon';
import type { NoticeKind } from '../../service/domain/notice.ts';
import { noticeTiming } from '../../service/domain/notice.ts';
import { nextSendingTime } from '../../service/domain/calendar.ts';
import { type Silence } from '../../service/domain/member.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import { charterVersion } from '../../service/domain/charter.ts';
import { dialogueOf, proposalOf, requestOf, type MemberFacts } from '../../service/demo/factories.ts';
import type { Dialogue } from '../../service/domain/dialogue.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { settleProposals } from '../../service/usecases/settle-proposals.ts';
import { sweepDialogues } from '../../service/usecases/sweep-dialogues.ts';
import { sweepMembers } from '../../service/usecases/sweep-members.ts';
import { sweepProposals } from '../../service/usecases/sweep-proposals.ts';
import { sweepRequests } from '../../service/usecases/sweep-requests.ts';
import { empty } from '../support/database.ts';
import { dyingAt, Killed } from '../support/dying.ts';
import { dayMs, useProgramme, type TestProgramme } from '../support/programme.ts';

const at = (local: string): Date => DateTime.fromISO(local, { zone: 'Europe/Paris' }).toJSDate();
/** A Monday with no closure in the half-year after it; the last day before the closure of New Year, 13 days. */
const monday = at('2027-01-11T09:00');
const eveOfClosure = at('2026-12-21T09:00');
const closedDays = 13;

type Sweep = (ports: Ports) => Promise<unknown>;

interface Row {
  readonly job: string;
  /** Days after the beginning on which it is due. */
  readonly days: number;
  /** Days on which it is due when a closure begins the next morning; those above and the closure's by default. */
  readonly frozenDays?: number;
  /** Days on which it is due when it began a week before Whit Monday; counted by default. */
  readonly overHoliday?: number;
  readonly sweep: Sweep;
  /** Makes the situation begin at an instant. */
  readonly begin: (programme: TestProgramme, t0: Date) => Promise<unknown>;
  /** Notices that it makes, by kind. */
  readonly tells?: Partial<Record<NoticeKind, number>>;
  /** What of the state it changes, read from the database. */
  readonly state?: (programme: TestProgramme) => Promise<unknown>;
  readonly becomes?: unknown;
  /** A month late something else has taken its place: what is told then. */
  readonly late?: Partial<Record<NoticeKind, number>> | 'as usual';
}

const inParis = { zone: 'Europe/Paris', closures: [] };
const soon = (t0: Date) => ({ due: { step: 'begin', at: t0 } });
const yearsAhead = '2029-12-31';

const count = async (programme: TestProgramme, kind: NoticeKind): Promise<number> =>
  (await programme.notices(kind)).length;

const one = async (programme: TestProgramme, collection: string): Promise<Record<string, unknown>> =>
  (await programme.connection().collection(collection).findOne({})) ?? { status: 'gone' };

const statusOf = (collection: string) => async (programme: TestProgramme) =>
  (await one(programme, collection))['status'];

const dialogue =
  (facts: (t0: Date) => Partial<Dialogue>) =>
  async (programme: TestProgramme, t0: Date): Promise<void> => {
    const mentor = await programme.join({ labId: 'lix', offer: {}, held: ['the-pair'] });
    const mentee = await programme.join();
    await programme.ports().dialogues.insert(
      dialogueOf({
        ...{ id: 'the-pair', menteeId: mentee.id, mentorId: mentor.id, introducedAt: t0, plannedEndOn: yearsAhead },
        ...soon(t0),
        ...facts(t0),
      }),
    );
  };

const introduced = dialogue(() => ({}));
const active = dialogue((t0) => ({ status: 'active', activeSince: t0, lastSignAt: t0 }));
/** The two have met on the first day: no other timer of an active dialogue is due in the month after. */
const met = dialogue((t0) => ({ status: 'active', activeSince: t0, lastSignAt: t0, firstHeldAt: t0 }));
const onHold = dialogue((t0) => ({ status: 'on_hold', activeSince: t0, heldSince: t0 }));
const closing = dialogue((t0) => ({ status: 'closing', activeSince: t0, closingSince: t0 }));
const ending = dialogue((t0) => ({
  ...{ status: 'active', activeSince: t0, lastSignAt: new Date(t0.getTime() + 60 * dayMs) },
  plannedEndOn: DateTime.fromJSDate(t0).plus({ days: 40 }).toFormat('yyyy-MM-dd'),
}));

const request = async (programme: TestProgramme, t0: Date): Promise<void> => {
  const mentee = await programme.join();
  await programme.ports().requests.insert(requestOf({ memberId: mentee.id, openedAt: t0, ...soon(t0) }));
};

const draft = (programme: TestProgramme, t0: Date) =>
  programme.join({ profile: null, charter: { version: charterVersion, signedAt: t0 }, ...soon(t0) });

const member =
  (facts: (t0: Date) => MemberFacts = () => ({})) =>
  (programme: TestProgramme, t0: Date) =>
    programme.join({ charter: { version: charterVersion, signedAt: t0 }, ...soon(t0), ...facts(t0) });

/** An account whose two notices have been written on their days. */
const warned = async (programme: TestProgramme, t0: Date): Promise<void> => {
  const { id } = await member()(programme, t0);
  const notices = [335, 350].map((days, index) => ({
    key: `inactive_notice:${id}:${id}:inactive_${String(index + 1)}.first`,
    ...({ kind: 'inactive_notice', memberId: id, subjectId: id } as const),
    notBefore: new Date(t0.getTime() + days * dayMs),
  }));
  await programme.ports().outbox.enqueue(...notices);
};

const mentor = member((t0) => ({ offer: { confirmedAt: t0 } }));
const outdated = member((t0) => ({ charter: { version: '2020-01', signedAt: t0, askedAt: t0 } }));

const proposed =
  ({ lapses = 0, silent }: { lapses?: number; silent?: Silence } = {}) =>
  async (programme: TestProgramme, t0: Date): Promise<void> => {
    const offering = await programme.join({
      ...{ labId: 'lix', offer: {}, held: ['the-pair'] },
      ...(silent && { silent }),
    });
    const mentee = await programme.join();
    const asked = requestOf({ memberId: mentee.id, status: 'proposed', proposalId: 'the-pair', lapses, openedAt: t0 });
    await programme.ports().requests.insert(asked);
    const pair = { id: 'the-pair', requestId: asked.id, menteeId: mentee.id, mentorId: offering.id };
    await programme.ports().proposals.insert(proposalOf({ ...pair, sentAt: t0, ...soon(t0) }));
    await programme.ports().proposals.settle('the-pair', 'sent');
  };

/**
 * Seven days after a Monday morning is a Monday: silence ends at the run of Tuesday at six. After the closure likewise; over Whit
 * Monday they end on Tuesday at nine, and silence at the run of Friday.
 */
const atNextRun = { days: 7.875, frozenDays: 21.875, overHoliday: 10.875 };

const beforeWhitsun = at('2027-05-10T09:00');
/** Public holidays and the closure of summer, from then on. */
const shut = ['2027-05-17', '2027-07-14', '2027-11-01', '2027-11-11'];
const isShut = (date: string): boolean => shut.includes(date) || ('2027-08-01' <= date && date <= '2027-08-25');

/** Days after that Monday until so many of them were open, one by one. */
function overHolidays({ days, frozenDays, overHoliday }: Row): number {
  if (overHoliday !== undefined) return overHoliday;
  if (frozenDays === days) return days;
  let passed = 0;
  for (let open = 0; open < days;) {
    passed += 1;
    if (!isShut(DateTime.fromJSDate(beforeWhitsun).plus({ days: passed }).toFormat('yyyy-MM-dd'))) open += 1;
  }
  return passed;
}

function withHolidays(ports: Ports): Ports {
  const labs = [...ports.rules.labs].map(
    ([id, lab]) => [id, { ...lab, calendar: { ...lab.calendar, holidays: 'france' } }] as const,
  );
  return { ...ports, rules: { ...ports.rules, labs: new Map(labs) } };
}

const cases = (kind: string) => async (programme: TestProgramme) =>
  programme.connection().collection('cases').countDocuments({ kind });

const paused = async (programme: TestProgramme): Promise<unknown> => {
  const offering = await programme
    .connection()
    .collection('members')
    .findOne({ offer: { $exists: true } });
  return (offering?.['offer'] as { pausedUntil?: string } | undefined)?.pausedUntil;
};

const rows: readonly Row[] = [
  {
    job: '1 draft-reminder, first',
    days: 7,
    sweep: sweepMembers,
    begin: draft,
    tells: { draft_reminder: 1 },
    late: { draft_reminder: 0 },
  },
  {
    job: '1 draft-reminder, second',
    days: 14,
    sweep: sweepMembers,
    begin: draft,
    tells: { draft_reminder: 1 },
    late: { draft_reminder: 0 },
  },
  { job: '2 draft-purge', days: 30, sweep: sweepMembers, begin: draft, state: statusOf('members'), becomes: 'gone' },
  { job: '4 waiting-news, first', days: 7, sweep: sweepRequests, begin: request, tells: { waiting_news: 1 } },
  { job: '4 waiting-news, again', days: 35, sweep: sweepRequests, begin: request, tells: { waiting_news: 1 } },
  { job: '5 waiting-escalation', days: 21, sweep: sweepRequests, begin: request, state: cases('waiting'), becomes: 1 },
  {
    ...{ job: '6 waiting-expiry, notice', days: 76, sweep: sweepRequests, begin: request },
    ...{ tells: { request_expiry_notice: 1 }, late: { request_expired: 1 } },
  },
  {
    ...{ job: '6 waiting-expiry', days: 90, sweep: sweepRequests, begin: request, tells: { request_expired: 1 } },
    ...{ state: statusOf('requests'), becomes: 'closed' },
  },
  {
    ...{ job: '7 proposal-reminder, first', days: 3, sweep: sweepProposals, begin: proposed() },
    ...{ tells: { proposal_reminder: 2 }, late: { proposal_lapsed: 2 } },
  },
  {
    ...{ job: '7 proposal-reminder, second', days: 6, sweep: sweepProposals, begin: proposed() },
    // What ended keeps no reminder.
    ...{ tells: { proposal_reminder: 2 }, late: { proposal_lapsed: 2, proposal_reminder: 0 } },
  },
  {
    ...{ job: '8 proposal-lapse', ...atNextRun, sweep: sweepProposals, begin: proposed() },
    ...{ tells: { proposal_lapsed: 2 }, state: statusOf('proposals'), becomes: 'lapsed' },
  },
  {
    ...{
      job: '9 mentor-auto-pause',
      ...atNextRun,
      sweep: sweepProposals,
      begin: proposed({ silent: { count: 1, since: '2026-11-03' } }),
    },
    ...{ tells: { mentor_auto_paused: 1 }, state: paused, becomes: untilResumed },
  },
  {
    ...{ job: '10 third-lapse', ...atNextRun, sweep: sweepProposals, begin: proposed({ lapses: 2 }) },
    ...{ state: cases('third_lapse'), becomes: 1 },
  },
  {
    ...{ job: '11 first-meeting-nudge, first', days: 5, sweep: sweepDialogues, begin: introduced },
    ...{ tells: { first_meeting_nudge: 2 }, late: { dialogue_ended: 2 } },
  },
  {
    ...{ job: '11 first-meeting-nudge, second', days: 14, sweep: sweepDialogues, begin: introduced },
    ...{ tells: { first_meeting_nudge: 2 }, late: { dialogue_ended: 2 } },
  },
  {
    ...{ job: '12 no-contact, question', days: 21, sweep: sweepDialogues, begin: introduced },
    ...{ tells: { no_contact_question: 2 }, late: { dialogue_ended: 2 } },
  },
  {
    ...{ job: '12 no-contact', days: 30, sweep: sweepDialogues, begin: introduced, tells: { dialogue_ended: 2 } },
    ...{ state: statusOf('dialogues'), becomes: 'closed' },
  },
  { job: '14 fit-check', days: 2, sweep: sweepDialogues, begin: met, tells: { fit_check: 2 } },
  { job: '15 pulse, first', days: 30, sweep: sweepDialogues, begin: active, tells: { pulse: 2 } },
  {
    ...{ job: '16 inactivity, first', days: 45, sweep: sweepDialogues, begin: active },
    ...{ tells: { inactivity_reminder: 2 } },
  },
  {
    ...{ job: '16 inactivity, second', days: 75, sweep: sweepDialogues, begin: active },
    ...{ tells: { inactivity_reminder: 2 }, late: { dialogue_ended: 2 } },
  },
  {
    ...{ job: '16 inactivity, closing offered', days: 90, sweep: sweepDialogues, begin: active },
    ...{ tells: { closing_offered: 2 }, late: { dialogue_ended: 2 } },
  },
  {
    ...{ job: '16 inactivity, closed', days: 104, sweep: sweepDialogues, begin: active, tells: { dialogue_ended: 2 } },
    ...{ state: statusOf('dialogues'), becomes: 'closed' },
  },
  {
    ...{ job: '17 hold-end, question', days: 60, sweep: sweepDialogues, begin: onHold },
    ...{ tells: { hold_question: 2 }, late: { dialogue_ended: 2 } },
  },
  {
    ...{ job: '17 hold-end', days: 90, sweep: sweepDialogues, begin: onHold, tells: { dialogue_ended: 2 } },
    ...{ state: statusOf('dialogues'), becomes: 'closed' },
  },
  {
    ...{ job: '18 end-notice', days: 10, frozenDays: 10, sweep: sweepDialogues, begin: ending },
    ...{ tells: { end_notice: 2 }, late: {} },
  },
  {
    ...{ job: '18 planned end', days: 41, frozenDays: 41, sweep: sweepDialogues, begin: ending },
    ...{ state: statusOf('dialogues'), becomes: 'closing' },
  },
  {
    ...{ job: '19 closing-survey, again', days: 7, sweep: sweepDialogues, begin: closing },
    ...{ tells: { closing_survey: 2 }, late: { dialogue_ended: 2 } },
  },
  {
    ...{ job: '19 closing', days: 21, sweep: sweepDialogues, begin: closing, tells: { dialogue_ended: 2 } },
    ...{ state: statusOf('dialogues'), becomes: 'closed' },
  },
  {
    ...{ job: '21 availability-confirm', days: 180, sweep: sweepMembers, begin: mentor },
    ...{ tells: { availability_confirm: 1 }, late: { availability_paused: 1 } },
  },
  {
    ...{ job: '21 availability-confirm, pause', days: 194, sweep: sweepMembers, begin: mentor },
    ...{ tells: { availability_paused: 1 }, state: paused, becomes: untilResumed },
  },
  {
    ...{ job: '22 charter-renewal, again', days: 14, sweep: sweepMembers, begin: outdated },
    ...{ tells: { charter_renewal: 1 }, late: { charter_paused: 1 } },
  },
  {
    ...{ job: '22 charter-renewal, pause', days: 30, sweep: sweepMembers, begin: outdated },
    ...{ tells: { charter_paused: 1 }, state: statusOf('members'), becomes: 'paused' },
  },
  {
    ...{ job: '23 inactive-account, notice', days: 335, frozenDays: 335, sweep: sweepMembers, begin: member() },
    ...{ tells: { inactive_notice: 1 } },
  },
  {
    ...{ job: '23 inactive-account', days: 365, frozenDays: 365, sweep: sweepMembers, begin: warned },
    ...{ state: statusOf('members'), becomes: 'gone' },
  },
];

describe('The jobs that follow records', () => {
  const programme = useProgramme();

  afterEach('no record failed', () => {
    expect(programme.failures()).to.deep.equal([]);
  });

  for (const row of rows) {
    describe(row.job, () => {
      const kinds = Object.keys(row.tells ?? {}) as NoticeKind[];
      const told = async (some: readonly NoticeKind[] = kinds): Promise<Partial<Record<NoticeKind, number>>> => {
        const counts: Partial<Record<NoticeKind, number>> = {};
        for (const kind of some) counts[kind] = await count(programme, kind);
        return counts;
      };
      const begin = async (t0: Date): Promise<void> => {
        programme.moveTo(t0);
        await row.begin(programme, t0);
      };
      /** The state just before the job's day, when whatever comes earlier is done. */
      const beforehand = async (t0: Date, days: number): Promise<{ told: object; state: unknown }> => {
        programme.moveTo(new Date(t0.getTime() + (days - 0.15) * dayMs));
        await row.sweep(programme.ports());
        return { told: await told(), state: await row.state?.(programme) };
      };
      const onItsDay = (t0: Date, days: number): void => {
        programme.moveTo(new Date(t0.getTime() + days * dayMs));
      };
      const expectDone = async (before: { told: object }): Promise<void> => {
        const sum = Object.fromEntries(
          kinds.map((kind) => [
            kind,
            (row.tells?.[kind] ?? 0) + ((before.told as Partial<Record<NoticeKind, number>>)[kind] ?? 0),
          ]),
        );
        expect(await told()).to.deep.equal(sum);
        if (row.state) expect(await row.state(programme)).to.equal(row.becomes);
      };

      it('does nothing before its day, and what it is for on its day', async () => {
        await begin(monday);
        const before = await beforehand(monday, row.days);
        if (row.state) expect(before.state).not.to.equal(row.becomes);
        onItsDay(monday, row.days);
        await row.sweep(programme.ports());
        await expectDone(before);
      });

      it('does it once when it runs again, and when two copies run at once', async () => {
        await begin(monday);
        const before = await beforehand(monday, row.days);
        onItsDay(monday, row.days);
        await Promise.all([row.sweep(programme.ports()), row.sweep(programme.ports())]);
        await row.sweep(programme.ports());
        await expectDone(before);
      });

      it('does it once when it runs a month late', async () => {
        await begin(monday);
        const before = await beforehand(monday, row.days);
        onItsDay(monday, row.days + 31);
        await row.sweep(programme.ports());
        await row.sweep(programme.ports());
        if (row.late === undefined || row.late === 'as usual') return expectDone(before);
        const others = Object.keys(row.late) as NoticeKind[];
        expect(await told(others)).to.deep.equal(row.late);
        // Whatever took its place, nobody is written to about what is over.
        const same = kinds.filter((kind) => !others.includes(kind));
        for (const kind of same) expect((await told())[kind]).to.equal((before.told as typeof row.tells)?.[kind]);
      });

      it('does it once when it is killed at any of its writes', async () => {
        for (let write = 1; ; write += 1) {
          await empty(programme.connection(), []);
          await begin(monday);
          const before = await beforehand(monday, row.days);
          onItsDay(monday, row.days);
          const died: unknown[] = [];
          const mortal = dyingAt(programme.ports(), { write });
          await row.sweep({ ...mortal, noteFailure: (_sweep, error) => died.push(error) }).catch((error: unknown) => {
            died.push(error);
          });
          expect(died.filter((error) => !(error instanceof Killed))).to.deep.equal([]);
          await row.sweep(programme.ports());
          programme.moveBy(11 * 60_000);
          await settleProposals(programme.ports());
          await expectDone(before);
          if (died.length === 0) break;
        }
      });

      it('waits while the lab is closed, if it counts open days', async () => {
        const frozenDays = row.frozenDays ?? row.days + closedDays;
        await begin(eveOfClosure);
        const before = await beforehand(eveOfClosure, frozenDays);
        if (row.state) expect(before.state).not.to.equal(row.becomes);
        onItsDay(eveOfClosure, frozenDays + 0.05);
        await row.sweep(programme.ports());
        await expectDone(before);
      });

      it('waits over public holidays, if it counts open days', async () => {
        const days = overHolidays(row);
        await begin(beforeWhitsun);
        const sweep = (): Promise<unknown> => row.sweep(withHolidays(programme.ports()));
        programme.moveTo(new Date(beforeWhitsun.getTime() + (days - 0.15) * dayMs));
        await sweep();
        const before = { told: await told(), state: await row.state?.(programme) };
        if (row.state) expect(before.state).not.to.equal(row.becomes);
        onItsDay(beforeWhitsun, days + 0.05);
        await sweep();
        await expectDone(before);
      });

      it('lets its mails leave on Tuesday to Thursday between 8:30 and 17:00 only', async () => {
        await begin(monday);
        await beforehand(monday, row.days);
        onItsDay(monday, row.days + 0.5);
        await row.sweep(programme.ports());
        const outbox = await programme.connection().collection('outbox').find({}).toArray();
        for (const { kind, notBefore, actBy } of outbox) {
          if (noticeTiming[kind as NoticeKind] !== 'in_window') continue;
          // The person must act before the next hour at which mails leave.
          if (actBy && nextSendingTime(inParis, notBefore as Date) >= (actBy as Date)) continue;
          const local = DateTime.fromJSDate(notBefore as Date, { zone: 'Europe/Paris' });
          expect([2, 3, 4]).to.include(local.weekday);
          expect(local.hour * 60 + local.minute).to.be.within(8 * 60 + 30, 17 * 60);
        }
      });
    });
  }
});
