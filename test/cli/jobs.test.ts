import { expect } from 'chai';
import { useCommandLine } from '../support/command-line.ts';

describe('npm run mentorat -- jobs', function () {
  this.timeout(300_000);
  this.slow(10_000);
  const { database, mentorat } = useCommandLine();
  const jobs = (...words: string[]): ReturnType<typeof mentorat> => mentorat(['jobs', ...words]);
  const rowsOf = (out: string): Record<string, unknown>[] =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const hourAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

  it('says that nothing is overdue, with exit code 0, and one JSON object a line', async () => {
    const { code, out, err } = await jobs();
    expect({ code, err: err.replace(/^.*SMTP_URL.*\n/u, '') }).to.deep.equal({ code: 0, err: '' });
    expect(out)
      .to.match(/^ +0 requests due$/m)
      .and.match(/\nNothing is overdue, nothing failed\.\n$/);
    const json = await jobs('--json');
    expect(json.code).to.equal(0);
    const rows = rowsOf(json.out);
    expect(rows.at(-1)).to.deep.equal({ kind: 'verdict', isWell: true, alarms: [] });
    expect(rows.filter(({ kind }) => kind === 'items').every(({ due }) => due === 0)).to.equal(true);
  });

  it('explains its exit codes', async () => {
    expect((await jobs('--help')).out).to.match(/Exit code 0: nothing is overdue and nothing failed; 1:/);
  });

  it('lists what is due, overdue and failed, with exit code 1, and names nobody', async () => {
    const usual = { status: 'sent', runKey: 'r', score: 1 };
    await database
      .connection()
      .collection<{ _id: string } & Record<string, unknown>>('proposals')
      .insertMany([
        { _id: 'late', ...usual, requestId: '1', due: { step: 'reminder_1', at: hourAgo(3) } },
        { _id: 'now', ...usual, requestId: '2', due: { step: 'lapse', at: hourAgo(0.1) } },
      ]);
    const at = hourAgo(1);
    const failed = { failedAt: at, lastFinishedAt: at, failReason: 'ECONNREFUSED 1a2b3c4d' };
    await database
      .connection()
      .collection('jobs')
      .insertMany([
        { name: 'mail', type: 'single', repeatInterval: '5 seconds', nextRunAt: hourAgo(-1), ...failed },
        { name: 'erase', type: 'single', repeatInterval: '1 hour', nextRunAt: hourAgo(1) },
      ]);
    const { code, out } = await jobs();
    expect(code).to.equal(1);
    expect(out).to.match(/^ +2 proposals due, 1 overdue since \d{4}-\d\d-\d\dT/m);
    expect(out)
      .to.match(/^proposals {2,}lapse {2,}1 {2,}0 {2,}\d/m)
      .and.match(/^proposals {2,}reminder_1 {2,}1 {2,}1 {2,}\d/m);
    expect(out)
      .to.match(/^mail .* on time .* ECONNREFUSED 1a2b3c4d$/m)
      .and.match(/^erase .* overdue/m);
    expect(out).to.match(/\nTo be looked at: job_failed, job_overdue, items_overdue\.\n$/);
    const json = await jobs('--json');
    expect(json.code).to.equal(1);
    const rows = rowsOf(json.out);
    expect(rows.find(({ collection, kind }) => kind === 'items' && collection === 'proposals')).to.include({
      due: 2,
      overdue: 1,
    });
    expect(rows.filter(({ kind }) => kind === 'step').map(({ step }) => step)).to.deep.equal(['lapse', 'reminder_1']);
    expect(rows.filter(({ kind }) => kind === 'job').map(({ name }) => name)).to.deep.equal(['erase', 'mail']);
    expect(out + json.out).not.to.match(/late"|"now"/);
  });
});
