import { expect } from 'chai';
import type { CoordinatorContact } from '../../service/domain/coordinator.ts';
import { nextDue } from '../../service/domain/follow-up.ts';
import { checkChange } from '../../service/domain/life.ts';
import { sheetLife, sheetTimers } from '../../service/domain/referral-check.ts';
import { usualSteps } from '../../service/domain/usual-steps.ts';
import type { Ports } from '../../service/usecases/ports.ts';
import { sweepReferralSheets } from '../../service/usecases/sweep-referral-sheets.ts';
import { verifyReferralSheet } from '../../service/usecases/verify-referral-sheet.ts';
import { listStaleSheets, viewReferralCheck } from '../../service/usecases/view-referral-check.ts';
import { dayMs, useProgramme, withCoordinators } from '../support/programme.ts';

const coordinator = { role: 'lab_coordinator', locale: 'fr', email: 'c@lab.example' } as const;
const coordinators: readonly CoordinatorContact[] = [
  { ...coordinator, id: 'one', labId: 'etis' },
  { ...coordinator, id: 'two', labId: 'etis' },
  { id: 'silent', labId: 'etis', role: 'lab_coordinator', locale: 'fr' },
  { ...coordinator, id: 'other', labId: 'lix' },
  { ...coordinator, id: 'all', role: 'cross_lab_coordinator' },
];

describe('The check of the referral sheets', () => {
  const programme = useProgramme();
  /** The labs that the notices are about, and who coordinates them. */
  const ports = (): Ports => withCoordinators(programme.ports(), coordinators);
  const sweep = () => sweepReferralSheets(ports());
  const asked = async (): Promise<string[]> =>
    (await programme.notices('referral_check')).map(([, recipient]) => recipient.replace('coordinator:', ''));
  const statusOf = async (labId = 'etis') => (await ports().referralSheets.find(labId))?.status;
  /** Days after the first sight of the labs; closures (22 December to 3 January: 13 days) do not count. */
  const after = async (days: number): Promise<void> => {
    await sweep();
    programme.moveBy(days * dayMs);
  };

  for (const [what, days, told, status] of [
    ['asks nobody before ninety open days', 102, [], 'current'],
    ['asks every coordinator of the lab who has an address after ninety open days', 103, ['one', 'two'], 'asked'],
    ['goes on waiting before a hundred and twenty', 132, ['one', 'two'], 'asked'],
    ['lets pages tell everybody after a hundred and twenty', 133, ['one', 'two'], 'overdue'],
  ] as const) {
    it(`${what}: closures do not count`, async () => {
      await after(days);
      await sweep();
      expect((await asked()).filter((id) => id !== 'other')).to.deep.equal(told);
      expect(await statusOf()).to.equal(status);
      expect((await ports().referralSheets.find('etis'))?.due.at).to.be.greaterThan(programme.now());
    });
  }

  it('asks once when it is run twice, and when two copies run at once', async () => {
    await after(103);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect((await asked()).sort()).to.deep.equal(['one', 'other', 'two']);
  });

  it('asks once and tells everybody when it runs late by months', async () => {
    await after(170);
    await sweep();
    expect((await asked()).sort()).to.deep.equal(['one', 'other', 'two']);
    expect(await statusOf()).to.equal('overdue');
  });

  it('asks again a quarter later as long as nobody answers, and stays overdue', async () => {
    await after(103);
    await sweep();
    programme.moveBy(92 * dayMs);
    await sweep();
    expect((await asked()).filter((id) => id === 'one')).to.have.length(2);
    expect(await statusOf()).to.equal('overdue');
  });

  it('leaves the mail to the sending hours', async () => {
    await after(103);
    await sweep();
    const [notice] = await programme.connection().collection('outbox').find({ kind: 'referral_check' }).toArray();
    const local = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Paris' });
    expect(local.format(notice!['notBefore'] as Date)).to.be.oneOf(['Tue', 'Wed', 'Thu']);
  });

  it('does what a crash between the question and its record left undone, without asking twice', async () => {
    await after(103);
    const crashing = {
      ...ports(),
      referralSheets: { ...ports().referralSheets, change: () => Promise.reject(new Error('killed')) },
    };
    expect((await sweepReferralSheets(crashing)).failed).to.equal(5);
    expect(await statusOf()).to.equal('current');
    await sweep();
    expect((await asked()).sort()).to.deep.equal(['one', 'other', 'two']);
    expect(await statusOf()).to.equal('asked');
  });

  it('begins anew when a coordinator verifies, and keeps the date but not the name', async () => {
    await after(140);
    await sweep();
    await verifyReferralSheet(ports(), { labId: 'etis' });
    const at = programme.now();
    const sheet = await ports().referralSheets.find('etis');
    expect(sheet).to.deep.include({ status: 'current', since: at, verifiedAt: at });
    expect(Object.keys(sheet!).sort()).to.deep.equal(['askedQuarter', 'due', 'id', 'since', 'status', 'verifiedAt']);
    expect(await viewReferralCheck(ports(), { labId: 'etis' })).to.deep.equal({
      labId: 'etis',
      isOverdue: false,
      verifiedAt: at,
    });
    expect((await listStaleSheets(ports(), {})).map(({ labId }) => labId)).to.deep.equal([
      'isir',
      'liris',
      'lix',
      'stms',
    ]);
    expect(await listStaleSheets(ports(), { labId: 'etis' })).to.deep.equal([]);
    programme.moveBy(89 * dayMs);
    await sweep();
    expect(await statusOf()).to.equal('current');
  });

  it('takes two verifications at once for one, and one before the first sweep for the first', async () => {
    await Promise.all([1, 2].map(() => verifyReferralSheet(ports(), { labId: 'etis' })));
    expect(await ports().referralSheets.list()).to.have.length(1);
    await sweep();
    expect((await ports().referralSheets.find('etis'))?.verifiedAt).to.deep.equal(programme.now());
  });

  it('does not undo a verification that came while it was asking', async () => {
    await after(140);
    const given = ports();
    const meanwhile: Ports = {
      ...given,
      outbox: {
        ...given.outbox,
        enqueue: async (...notices) => {
          await verifyReferralSheet(given, { labId: 'etis' });
          await given.outbox.enqueue(...notices);
        },
      },
    };
    await sweepReferralSheets(meanwhile);
    expect(await ports().referralSheets.find('etis')).to.include({ status: 'current' });
    expect((await ports().referralSheets.find('etis'))?.since).to.deep.equal(programme.now());
  });

  it('refuses to verify the sheet of a lab that does not exist', async () => {
    const error: unknown = await verifyReferralSheet(ports(), { labId: 'mars' }).catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'not_found');
    expect(await ports().referralSheets.list()).to.deep.equal([]);
  });

  it('meets a lab that joins, and forgets one that left the configuration', async () => {
    await sweep();
    const given = ports();
    const rules = { ...given.rules, labs: new Map([...given.rules.labs].filter(([id]) => id !== 'lix')) };
    await sweepReferralSheets({ ...given, rules });
    expect((await given.referralSheets.list()).map(({ id }) => id)).to.deep.equal(['etis', 'isir', 'liris', 'stms']);
    await sweep();
    expect(await given.referralSheets.list()).to.have.length(5);
    expect(programme.failures()).to.deep.equal([]);
  });

  it('has something due in every state at any time, and goes no way that its table lacks', () => {
    const calendar = { zone: 'Europe/Paris', closures: [] };
    const since = programme.now();
    for (const days of [0, 89, 90, 119, 120, 179, 500, 5000]) {
      const now = new Date(since.getTime() + days * dayMs);
      expect(nextDue(sheetTimers({ since }, { steps: usualSteps, calendar }), now)?.at).to.be.greaterThan(now);
    }
    for (const rule of Object.values(sheetLife)) expect(rule.waitsFor).to.have.property('timers');
    const back = (): void => {
      checkChange(sheetLife, ['overdue'], { status: 'asked' });
    };
    expect(back).to.throw().with.property('code', 'illegal_transition');
  });
});
