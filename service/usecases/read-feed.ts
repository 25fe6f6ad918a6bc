import { MentoringError } from '../domain/errors.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Locale } from '../domain/terms.ts';
import type { Ports } from './ports.ts';

/** What a calendar may know: hours, and the language of a neutral title. Nobody's language is known of a feed that has ended. */
export interface CalendarFeed {
  readonly locale?: Locale;
  readonly meetings: readonly Meeting[];
  readonly now: Date;
}

export interface FeedRequest {
  readonly token: string;
  /** A calendar program asks, and not somebody who looks at the address in a browser. */
  readonly byProgram: boolean;
}

const dayMs = 86_400_000;
/** A feed that has ended is empty for so long: programs that look once a month forget what they showed. */
const emptyDays = 90;

/** Feeds that ended since then answer still. */
export function emptyFeedsSince({ clock }: Pick<Ports, 'clock'>): Date {
  return new Date(clock.now().getTime() - emptyDays * dayMs);
}

/**
 * The agreed meetings of whoever holds the secret of a feed; none of one that was replaced, switched off or left behind, for 90
 * days. @throws MentoringError feed_over afterwards, and for a secret that was never given: both alike
 */
export async function readFeed(ports: Ports, { token, byProgram }: FeedRequest): Promise<CalendarFeed> {
  const [feedHash, now] = [ports.secrets.hash(token), ports.clock.now()];
  const member = await ports.feeds.find(feedHash);
  if (!member) {
    if (!(await ports.feeds.hasEnded(feedHash, emptyFeedsSince(ports)))) throw new MentoringError('feed_over');
    return { meetings: [], now };
  }
  if (byProgram && !member.feedReadAt) await ports.feeds.noteRead(feedHash, now);
  const dialogues = await ports.dialogues.listOpenOf(member.id);
  const planned = await Promise.all(dialogues.map(({ id }) => ports.meetings.findPlanned(id)));
  const meetings = planned.flatMap((meeting) => (meeting?.status === 'agreed' ? [meeting] : []));
  return { locale: member.locale, meetings, now };
}
