// Writes to people: one notice a person, thing and step, for ever; the time at which it leaves is the domain's.
import { leaveAt, type NoticeKind } from '../domain/notice.ts';
import type { LabId } from '../domain/terms.ts';
import type { Ports } from './ports.ts';
import { getLab, type Pair } from './records.ts';
import { remembering } from './remember.ts';

export interface Recipient {
  readonly memberId: string;
  readonly labId: LabId;
}

export interface News {
  readonly kind: NoticeKind;
  readonly subjectId: string;
  /** Tells apart the notices of one kind about one thing (a reminder's step, a meeting's sequence). */
  readonly step?: string | number;
  readonly actBy?: Date;
  /** See Notice: given where a person's own act is told to another. */
  readonly thread?: string;
}

/** Both persons of a pair. */
export function bothOf(pair: Pair): [Recipient, Recipient] {
  return [
    { memberId: pair.menteeId, labId: pair.menteeLabId },
    { memberId: pair.mentorId, labId: pair.mentorLabId },
  ];
}

/** What one of a pair causes to the other is one thread, in whatever dialogue, and says of nobody who the two are. */
export function threadOf({ hasher }: Pick<Ports, 'hasher'>, { menteeId, mentorId }: Pair): string {
  return hasher.digest([menteeId, mentorId].sort().join(' '));
}

/** Everybody of a pair but one. */
export function partnerIn(pair: Pair, memberId: string): Recipient[] {
  return bothOf(pair).filter((recipient) => recipient.memberId !== memberId);
}

/** Puts one notice for each recipient into the outbox; repeated calls add nothing. */
export async function notify(ports: Ports, recipients: readonly Recipient[], news: News): Promise<void> {
  await notifyAll(ports, [{ recipients, news }]);
}

/** Same for many news at once. */
export async function notifyAll(
  ports: Ports,
  letters: readonly { readonly recipients: readonly Recipient[]; readonly news: News }[],
): Promise<void> {
  const now = ports.clock.now();
  const leaving = remembering(
    ({ labId, news }: { labId: LabId; news: News }) => [labId, news.kind, news.actBy?.getTime()].join(' '),
    ({ labId, news }) =>
      leaveAt(news.kind, getLab(ports, labId).calendar, { now, ...(news.actBy && { actBy: news.actBy }) }),
  );
  const notices = letters.flatMap(({ recipients, news }) =>
    recipients.map(({ memberId, labId }) => ({
      key: keyOf(news, memberId),
      kind: news.kind,
      memberId,
      subjectId: news.subjectId,
      notBefore: leaving({ labId, news }),
      ...(news.actBy && { actBy: news.actBy }),
      ...(news.thread !== undefined && { thread: news.thread }),
    })),
  );
  if (notices.length > 0) await ports.outbox.enqueue(...notices);
}

function keyOf({ kind, subjectId, step }: News, memberId: string): string {
  return [kind, subjectId, memberId, ...(step === undefined ? [] : [step])].join(':');
}
