// A nudge in hand: it leaves when it is the person's turn to be nudged, and takes along whatever else was to nudge them.
import { nextSendingTime } from '../domain/calendar.ts';
import { nudgeDays } from '../domain/notice.ts';
import { later, handOver, open, type DeliveryParts, type OpenLetter, type Outcome } from './delivery.ts';
import type { ClaimedNotice } from './ports.ts';

const dayMs = 86_400_000;
/** After so long a nudge that may not wait looks again whether another worker is done with the person, in ms. */
const soonMs = 60_000;

/** Every step is one conditional write: of several workers one has the turn, and what it gathers nobody else sends. */
export async function deliverNudge(parts: DeliveryParts, letter: OpenLetter): Promise<Outcome[]> {
  const { queue, clock, wallClock, render } = parts;
  const { notice } = letter;
  const turn = await takeTurn(parts, letter);
  if (typeof turn === 'boolean') return turn ? ['postponed'] : [];
  const { mailKey } = turn;
  const now = clock.now();
  const claims = await queue.gather(notice, { mailKey, now, wallNow: wallClock.now() });
  const reopen = async (claim: ClaimedNotice): ReturnType<typeof open> =>
    claim.key === notice.key ? { ...letter, notice: claim } : open(parts, claim);
  const opened = await Promise.all(claims.map(reopen));
  const [first, ...others] = opened.filter((one) => typeof one === 'object');
  const outcomes = opened.filter((one) => typeof one === 'string');
  const letters = first && ([first, ...others] as const);
  const sent = letters ? await handOver(parts, letters, render(letters, { key: mailKey, now })) : [];
  await queue.giveBackTurn(notice, { hasLeft: sent.includes('sent') });
  return [...outcomes, ...sent];
}

/**
 * The turn; or none, and then the notice is put off to the first sending hour at which it can be the person's turn: true,
 * unless whoever has the turn has taken it along.
 */
async function takeTurn(
  parts: DeliveryParts,
  { notice, facts }: OpenLetter,
): Promise<{ readonly mailKey: string } | boolean> {
  const { queue, clock, wallClock } = parts;
  const when = { now: clock.now(), wallNow: wallClock.now() };
  const turn = await queue.takeTurn(notice, when);
  if (turn.mailKey !== undefined) return turn;
  const soon = later(when.now, soonMs);
  const next = turn.lastAt ? nextSendingTime(facts.addressee.calendar, later(turn.lastAt, nudgeDays * dayMs)) : soon;
  const at = next > soon ? next : soon;
  const mayWait = notice.actBy === undefined || at < notice.actBy;
  const now = mayWait ? turn : await queue.takeTurn(notice, { ...when, anyway: true });
  if (now.mailKey !== undefined) return now;
  // What may not wait finds the turn in another worker's hands: it is taken along, or looks again in a moment.
  return queue.retryAt(notice, { at: mayWait ? at : soon, counts: false, goesAlong: true });
}
