// What an early end of a proposal tells whoever had said yes, and what it would cost to tell nothing: thousands of proposals
// whose other side answers by stated shares, ended by the programme's own calendar under four rules. Nothing is timed.
import { addOpenDays, nextRegularRun } from '../../service/domain/calendar.ts';
import { proposalTimers } from '../../service/domain/proposal.ts';
import { usualSteps } from '../../service/domain/usual-steps.ts';
import { Dice } from '../domain/matching/programmes.ts';
import type { Report } from './benches.ts';

const zone = 'Europe/Paris';
const calendar = { zone, closures: [] };
const steps = usualSteps;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const proposals = 4000;

/** What the other side does, in a hundred. away: paused, left, lost the place, or must not be brought together. */
const shares = { yes: 55, no: 18, silent: 18, away: 9 } as const;
type Act = keyof typeof shares;

function actOf(dice: Dice): Act {
  let left = dice.below(100);
  for (const [act, share] of Object.entries(shares) as [Act, number][]) if ((left -= share) < 0) return act;
  return 'yes';
}

/** Open days after the sending: three answers in five come within two days, the others until the last one. */
const daysUntil = (dice: Dice): number => (dice.chance(0.6) ? dice.below(200) / 100 : 2 + dice.below(500) / 100);

const nextRun = (instant: Date): Date => nextRegularRun(zone, instant);

interface Sent {
  readonly sentAt: Date;
  readonly act: Act;
  /** When the other side acts. */
  readonly at: Date;
}

/** When silence ends, as the programme's own timers say. */
function lastRun({ sentAt }: Sent): Date {
  const timer = proposalTimers({ sentAt }, { steps, calendar, zone })[1]!;
  return timer.at(timer.steps[0]!.afterDays);
}

/** When a proposal ends that is not confirmed. */
const rules: Readonly<Record<string, (sent: Sent) => Date>> = {
  today: (sent) => (sent.act === 'silent' || nextRun(sent.at) > lastRun(sent) ? lastRun(sent) : nextRun(sent.at)),
  secondRun: ({ sentAt }) => nextRun(nextRun(sentAt)),
  thirdRun: ({ sentAt }) => nextRun(nextRun(nextRun(sentAt))),
  allAtTheLast: lastRun,
};

/** From twenty regular runs, or at any hour between them: a run that somebody's offer or case has brought about. */
function sentOnes(from: 'runs' | 'any hour'): Sent[] {
  const dice = new Dice(18);
  const sendings: Date[] = [];
  for (let at = nextRun(new Date('2027-02-01T12:00:00Z')); sendings.length < 20; at = nextRun(at)) {
    const hours = from === 'runs' ? 0 : dice.below(3 * 24);
    sendings.push(new Date(at.getTime() + 1000 + hours * hourMs));
  }
  return Array.from({ length: proposals }, () => {
    const sentAt = dice.one(sendings);
    const days = daysUntil(dice);
    const whole = addOpenDays(calendar, sentAt, Math.floor(days));
    return { sentAt, act: actOf(dice), at: new Date(whole.getTime() + (days % 1) * dayMs) };
  });
}

const mean = (numbers: readonly number[]): number =>
  Math.round((10 * numbers.reduce((sum, one) => sum + one, 0)) / Math.max(1, numbers.length)) / 10;
const percent = (part: number, whole: number): number => Math.round((100 * part) / Math.max(1, whole));

export async function run(report: Report): Promise<void> {
  for (const from of ['runs', 'any hour'] as const) {
    const sent = sentOnes(from);
    for (const [rule, endOf] of Object.entries(rules))
      report({ bench: 'lapses', variant: `${rule}, sent by ${from}`, ...told(sent, endOf) });
  }
  await Promise.resolve();
}

/** What the reader can conclude who had said yes, and how long those wait who are refused, in days. */
function told(sent: readonly Sent[], endOf: (sent: Sent) => Date): Record<string, number> {
  const ended = sent.filter(({ act }) => act !== 'yes').map((one) => ({ ...one, end: endOf(one) }));
  const waited = (...acts: Act[]): number =>
    mean(
      ended
        .filter(({ act }) => acts.includes(act))
        .map(({ end, sentAt }) => (end.getTime() - sentAt.getTime()) / dayMs),
    );
  const early = ended.filter((one) => one.end < lastRun(one));
  const shareOfNo = (some: readonly Sent[]): number =>
    percent(some.filter(({ act }) => act === 'no').length, some.length);
  const yeses = sent.filter(({ act }) => act === 'yes');
  return {
    percentEarly: percent(early.length, ended.length),
    percentNoOfEarly: shareOfNo(early),
    percentNoOfAll: shareOfNo(ended),
    daysAfterNo: waited('no', 'away'),
    daysAfterSilence: waited('silent'),
    daysAfterAll: waited('no', 'away', 'silent'),
    percentYesTooLate: percent(yeses.filter((one) => one.at >= endOf(one)).length, yeses.length),
  };
}
