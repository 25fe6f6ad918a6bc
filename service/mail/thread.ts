// A letter that one person's act causes to another: three within a day leave as they come, the rest is told together the
// next morning, with only what is still true then. Whatever somebody clicks, the other's mailbox stays quiet.
import { fromLocal, toLocal } from '../domain/calendar.ts';
import { lettersADay } from '../domain/notice.ts';
import { handOver, later, open, type DeliveryParts, type OpenLetter, type Outcome } from './delivery.ts';
import { carriesCalendar } from './notices.ts';
import type { ClaimedNotice } from './ports.ts';

const [hourMs, dayMs] = [3_600_000, 86_400_000];
/** After so long a letter looks again whether another worker is done with the thread, in ms. */
const soonMs = 10_000;
const morningMinutes = 8 * 60;

/** Every step is one conditional write: of several workers one has the turn, so that what has left is counted exactly. */
export async function deliverInThread(parts: DeliveryParts, letter: OpenLetter): Promise<Outcome[]> {
  const { queue, clock, wallClock } = parts;
  const { notice } = letter;
  const now = clock.now();
  const turn = await queue.takeThread(notice, { now, wallNow: wallClock.now() });
  if (!turn) return putOff(parts, notice, later(now, soonMs));
  const isFree = turn.leftAt.length < lettersADay || turn.leftAt.some((at) => later(at, dayMs) <= now);
  let outcomes: Outcome[] = [];
  try {
    if (notice.goesAlong === true) outcomes = await tellTogether(parts, letter);
    else if (isFree) outcomes = await handOver(parts, [letter], letter.mail);
    else outcomes = await putAllOff(parts, letter, turn.leftAt.at(-1));
  } finally {
    await queue.giveBackThread(notice, outcomes.includes('sent') ? clock.now() : undefined);
  }
  return outcomes;
}

async function putOff({ queue }: DeliveryParts, notice: ClaimedNotice, at: Date): Promise<Outcome[]> {
  const { goesAlong = false } = notice;
  // Unless whoever has the turn has taken it along.
  const isOurs = await queue.retryAt(notice, { at, counts: false, goesAlong, sameMail: notice.mailKey !== undefined });
  return isOurs ? ['postponed'] : [];
}

/** With it everything else of the thread whose hour has come: none of it waits for a turn only to be put off. */
async function putAllOff(parts: DeliveryParts, letter: OpenLetter, last: Date | undefined): Promise<Outcome[]> {
  const now = parts.clock.now();
  const { opened, outcomes } = await gather(parts, letter, { mailKey: letter.notice.key, which: 'due' });
  for (const one of opened) {
    const notice = { ...withoutMail(one.notice), goesAlong: true };
    outcomes.push(...(await putOff(parts, notice, togetherAt(one, { now, last }))));
  }
  return outcomes;
}

/** Tomorrow morning; about a meeting that is agreed for before, two hours ahead of it, and an hour after the last letter. */
function togetherAt({ facts }: OpenLetter, { now, last = now }: { now: Date; last: Date | undefined }): Date {
  const { addressee, meeting } = facts;
  const { date } = toLocal(now, addressee.zone);
  const tomorrow = new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10);
  const morning = fromLocal({ date: tomorrow, minutes: morningMinutes }, addressee.zone);
  const startsAt = meeting?.agreedSequence === undefined ? undefined : meeting.startsAt;
  if (startsAt === undefined || startsAt <= now || startsAt >= morning) return morning;
  return new Date(Math.max(later(last, hourMs).getTime(), later(startsAt, -2 * hourMs).getTime(), now.getTime()));
}

async function tellTogether(parts: DeliveryParts, letter: OpenLetter): Promise<Outcome[]> {
  const [now, mailKey] = [parts.clock.now(), letter.notice.mailKey ?? letter.notice.key];
  const { opened, outcomes } = await gather(parts, letter, { mailKey, which: 'put_off' });
  const { told, further } = inOneMail(opened);
  for (const one of further) outcomes.push(...(await putOff(parts, withoutMail(one.notice), later(now, hourMs))));
  const [first, ...others] = distinct(told);
  if (!first) return outcomes;
  const mail = parts.render([first, ...others], { key: mailKey, now });
  return [...outcomes, ...(await handOver(parts, [first, ...told.filter((one) => one !== first)], mail))];
}

/** For the holder of the turn: the letters of the thread, and what became of those that cannot or need not be written. */
async function gather(
  parts: DeliveryParts,
  letter: OpenLetter,
  mail: { mailKey: string; which: 'due' | 'put_off' },
): Promise<{ opened: OpenLetter[]; outcomes: Outcome[] }> {
  const { queue, clock, wallClock } = parts;
  const { notice } = letter;
  const claims = await queue.gatherThread(notice, { ...mail, now: clock.now(), wallNow: wallClock.now() });
  const reopen = async (claim: ClaimedNotice): ReturnType<typeof open> =>
    claim.key === notice.key ? { ...letter, notice: claim } : open(parts, claim);
  const all = await Promise.all(claims.map(reopen));
  return {
    opened: all.filter((one) => typeof one === 'object'),
    outcomes: all.filter((one) => typeof one === 'string'),
  };
}

/** A mail holds one calendar entry, that of its first letter: what brings another one follows in a mail of its own. */
function inOneMail(letters: readonly OpenLetter[]): { told: OpenLetter[]; further: OpenLetter[] } {
  const [first, ...others] = distinct(letters.filter(carriesCalendar));
  const further = letters.filter((one) => others.some(({ notice }) => isSame(notice, one.notice)));
  const rest = letters.filter((one) => one !== first && !further.includes(one));
  return { told: [...(first ? [first] : []), ...rest], further };
}

/** The same news, told ten times, is news once: the last counts. */
function distinct(letters: readonly OpenLetter[]): OpenLetter[] {
  return letters.filter((one, index) => !letters.slice(index + 1).some(({ notice }) => isSame(notice, one.notice)));
}

function isSame(one: ClaimedNotice, other: ClaimedNotice): boolean {
  return one.kind === other.kind && one.subjectId === other.subjectId;
}

function withoutMail({ mailKey: _, ...notice }: ClaimedNotice): ClaimedNotice {
  return notice;
}
