// What may be said of the mails that arrived: nobody is written to twice for one reason, nothing recorded as sent is
// missing, and a name of somebody else stands only in mails after two yeses.
import { createHash } from 'node:crypto';
import { nudges } from '../../service/domain/notice.ts';
import { isLive } from '../../service/domain/proposal.ts';
import type { Arrival } from './post.ts';
import type { KeptNotice, World } from './world.ts';

/** Mails that one copy has in hand at a time (service/mail/mailer.ts, lanes). */
const lanes = 10;

export interface Twins {
  /** Mails that arrived twice because their copy died between the server's yes and its own record of it. */
  readonly unavoidable: number;
  readonly violations: readonly string[];
}

/** killed: names of the copies that were killed; every other copy has recorded what it sent. */
export function twins(arrivals: readonly Arrival[], killed: ReadonlySet<string>): Twins {
  const copies = new Map<string, string[]>();
  for (const { messageId, copy } of arrivals) copies.set(messageId, [...(copies.get(messageId) ?? []), copy]);
  const violations: string[] = [];
  const dyingHands = new Map<string, number>();
  for (const [messageId, from] of copies) {
    const dead = from.filter((copy) => killed.has(copy));
    if (from.length - dead.length > 1 || new Set(from).size < from.length) {
      violations.push(`${messageId} arrived ${from.length} times, from ${from.join(', ')}`);
    }
    const again = dead.slice(0, from.length - 1);
    for (const copy of again) dyingHands.set(copy, (dyingHands.get(copy) ?? 0) + 1);
  }
  for (const [copy, count] of dyingHands) {
    if (count > lanes) violations.push(`${copy} had ${count} mails in its ${lanes} hands when it died`);
  }
  return { unavoidable: [...dyingHands.values()].reduce((sum, count) => sum + count, 0), violations };
}

/** Every notice that is recorded as sent has arrived: in a mail of its own name, or, a nudge, of one it went along with. */
export function missing({ notices, proposals }: World, arrivals: readonly Arrival[]): string[] {
  const names = new Set(arrivals.map(({ messageId }) => /<([0-9a-f]+)@/u.exec(messageId)?.[1]));
  const hasArrived = (key: string): boolean => names.has(createHash('sha256').update(key).digest('hex').slice(0, 40));
  const all = [...notices.values()];
  // Reminders of a proposal that is over are deleted; a mail may bear the name of one.
  const wentWithReminder = ({ memberId }: KeptNotice): boolean =>
    [...proposals.values()]
      .filter((pair) => !isLive(pair) && [pair.menteeId, pair.mentorId].includes(memberId))
      .some(({ id }) => [1, 2].some((n) => hasArrived(`proposal_reminder:${id}:${memberId}:reminder_${String(n)}`)));
  // What a mail took along was recorded with it by one write; its name may be of a nudge that was overtaken since.
  const goesWith = (one: KeptNotice, other: KeptNotice): boolean =>
    isNudge(one) &&
    isNudge(other) &&
    one.memberId === other.memberId &&
    (other.status !== 'sent' || other.settledAt?.getTime() === one.settledAt?.getTime());
  return all
    .filter(({ id, status }) => status === 'sent' && !hasArrived(id))
    .filter((one) => !all.some((other) => goesWith(one, other) && hasArrived(other.id)))
    .filter((one) => !(isNudge(one) && wentWithReminder(one)))
    .map(({ id }) => `${id} was never seen at the SMTP end`);
}

function isNudge({ kind }: KeptNotice): boolean {
  return nudges.includes(kind);
}

/** Pairs that were introduced, as "one other" in both orders, with the instant. */
export type Introductions = ReadonlyMap<string, Date>;

/** Names other than the addressee's own, in mails that were written before the two were introduced. */
export function exposed(
  arrivals: readonly Arrival[],
  introduced: Introductions,
  nameOf: (address: string) => string,
): string[] {
  return arrivals.flatMap(({ to, names, writtenAt, messageId }) => {
    const own = nameOf(to);
    return names
      .filter((name) => name !== own)
      .filter((name) => (introduced.get(`${own} ${name}`) ?? new Date(8.64e15)) > new Date(writtenAt.getTime() + 1000))
      .map((name) => `${messageId} tells ${own} of ${name} before two yeses`);
  });
}
