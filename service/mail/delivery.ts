// One notice in hand, from the look at what it needs to the record of what became of it.
import { setTimeout } from 'node:timers/promises';
import { createErrorLog, type ErrorLog } from '../../lti/log/index.ts';
import type { Clock } from '../domain/clock.ts';
import { leaveAt, noticeTiming } from '../domain/notice.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Doubts } from './doubts.ts';
import { isNudge, noticeRows, type Letter, type RenderMail } from './notices.ts';
import type { ClaimedNotice, Handover, LoadFacts, MailQueue, MailTransport, OutgoingMail } from './ports.ts';

export interface MailLogger {
  info(facts: Readonly<Record<string, unknown>>, sentence: string): void;
  error(facts: Readonly<Record<string, unknown>>, sentence: string): void;
}

export interface DeliveryParts {
  readonly queue: MailQueue;
  readonly load: LoadFacts;
  readonly render: RenderMail;
  readonly transport: MailTransport;
  /** Told what the server said of us. */
  readonly onRefused?: (said: string) => void;
  /** What a no without a reason is about; one for all mails of a process. */
  readonly doubts: Doubts;
  readonly logger: MailLogger;
  /** Default: one of its own on the logger. */
  readonly errors?: ErrorLog;
  /** The programme's clock: what is due, and when a mail is tried again. */
  readonly clock: Clock;
  /** Real time, for leases only. */
  readonly wallClock: Clock;
  /** Waits between attempts to record what became of a mail, in milliseconds of real time. */
  readonly pausesMs?: readonly number[];
}

/** What became of one notice. retried: given back after a try; postponed: before any. unreachable: so was everything. */
export type Outcome = 'sent' | 'retried' | 'postponed' | 'refused' | 'dropped' | 'failed' | 'unreachable';

/** A notice in hand with what its mail may know. */
export interface OpenLetter extends Letter {
  readonly notice: ClaimedNotice;
  /** The mail, should the notice go alone. */
  readonly mail: OutgoingMail;
  /** Hash of the address that last came to a final no, if there is one. */
  readonly refused?: KeyedHash;
}

const minute = 60_000;
/** Times that a server may say "later"; outside the sending hours it is not asked. */
const mostTries = 40;

/** One minute, doubled at each try, four hours at most. */
export function backoffMs(tries: number): number {
  return Math.min(minute * 2 ** Math.min(tries - 1, 10), 240 * minute);
}

/** Looks up and writes; a notice that cannot be written is put off, so that it stops nobody else's. */
export async function open(parts: DeliveryParts, claim: ClaimedNotice): Promise<OpenLetter | 'dropped' | 'failed'> {
  const { queue, load, render, clock, logger, errors = createErrorLog({ logger }) } = parts;
  try {
    const facts = await load(claim);
    const now = clock.now();
    if (!facts) {
      await queue.giveUp(claim, 'dropped', now);
      return 'dropped';
    }
    const mail = render([{ notice: claim, facts }], { key: claim.key, now });
    const refused = await queue.findRefused(claim.memberId);
    return { notice: claim, facts, mail, ...(refused !== undefined && { refused }) };
  } catch (error) {
    errors.report(error, 'A mail was not written.', { notice: claim.kind });
    await queue.retryAt(claim, { at: later(clock.now(), backoffMs(claim.tries)), counts: true });
    return 'failed';
  }
}

/** What keeps a letter from leaving now: the hour, or an address whose server does not want it. */
export async function holdBack(
  { queue, clock }: DeliveryParts,
  { notice, facts, refused }: OpenLetter,
): Promise<'postponed' | 'refused' | undefined> {
  const { kind, actBy } = notice;
  // The consequence of somebody's act is tried all the same.
  if (noticeTiming[kind] !== 'in_window') return undefined;
  const { calendar, emailHash } = facts.addressee;
  const now = clock.now();
  const at = leaveAt(kind, calendar, { now, ...(actBy && { actBy }) });
  if (at > now) {
    await queue.retryAt(notice, { at, counts: false, goesAlong: isNudge(kind) });
    return 'postponed';
  }
  // No page tells a coordinator that mails come back: each is tried.
  if (refused !== emailHash || noticeRows[kind].about === 'coordinator') return undefined;
  await queue.giveUp(notice, 'refused', now);
  return 'refused';
}

/** Sends one mail and records what became of its letters, which are all to the same person. */
export async function handOver(
  parts: DeliveryParts,
  letters: readonly [OpenLetter, ...OpenLetter[]],
  mail: OutgoingMail,
): Promise<Outcome[]> {
  const answer = await parts.transport.send(mail);
  const { handover, isTakenBack } = await judge(parts, letters[0], {
    answer,
    said: () => parts.transport.wordsOn(mail),
  });
  await insist(() => record(parts, letters, handover), parts.pausesMs);
  if (isTakenBack()) await takeBack(parts, [letters[0].notice.memberId]);
  const outcome = outcomeOf[handover];
  return letters.map(() => outcome);
}

type Judged = Exclude<Handover, 'unclear'>;

/** A day: what was held against somebody before cannot have been of the same row. */
const rowMs = 24 * 60 * 60_000;

interface Said {
  readonly answer: Handover;
  /** The server's words, without addresses. */
  readonly said: () => string;
}

async function judge(parts: DeliveryParts, letter: OpenLetter, { answer, said }: Said) {
  const never = (): boolean => false;
  if (answer === 'accepted') parts.doubts.accepted();
  if (answer === 'ours') parts.onRefused?.(said());
  if (answer !== 'unclear') return { handover: answer, isTakenBack: never };
  // Addresses that anybody may invent say nothing about us.
  if (noticeRows[letter.notice.kind].about === 'address') return { handover: 'refused', isTakenBack: never } as const;
  const doubt = parts.doubts.refused(letter.notice.memberId, letter.facts.addressee.emailHash);
  if (doubt.isOurs) parts.onRefused?.(said());
  await takeBack(parts, doubt.takeBack);
  return doubt.isOurs
    ? ({ handover: 'ours', isTakenBack: never } as const)
    : ({ handover: 'refused', isTakenBack: () => doubt.wasTakenBack() } as const);
}

async function takeBack({ queue, clock }: DeliveryParts, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length > 0) await queue.takeBackRefusals(memberIds, later(clock.now(), -rowMs), clock.now());
}

const outcomeOf: Readonly<Record<Judged, Outcome>> = {
  accepted: 'sent',
  later: 'retried',
  refused: 'refused',
  ours: 'retried',
  unreachable: 'unreachable',
};

/** Half a minute of trying: a mail that has left must be recorded, or it leaves again when the lease ends. */
const usualPausesMs = [250, 500, 1000, 2000, 4000, 8000, 16_000];

async function insist<T>(act: () => Promise<T>, pausesMs: readonly number[] = usualPausesMs): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await act();
    } catch {
      await setTimeout(pauseMs);
    }
  }
  return act();
}

async function record(
  { queue, clock }: DeliveryParts,
  letters: readonly [OpenLetter, ...OpenLetter[]],
  handover: Judged,
): Promise<void> {
  const now = clock.now();
  const [{ notice, facts, refused }] = letters;
  const claims = letters.map((letter) => letter.notice);
  if (handover === 'accepted') {
    await queue.markSent(claims, now);
    if (refused !== undefined) await queue.forgiveRefusal(notice.memberId, now);
    return;
  }
  if (handover === 'refused') await queue.noteRefusal(notice.memberId, facts.addressee.emailHash, now);
  for (const claim of claims) await giveBack(queue, claim, { handover, now });
}

async function giveBack(
  queue: MailQueue,
  claim: ClaimedNotice,
  { handover, now }: { handover: Exclude<Judged, 'accepted'>; now: Date },
): Promise<void> {
  const again = isNudge(claim.kind) || claim.goesAlong === true ? { goesAlong: true, sameMail: true } : {};
  if (handover === 'refused') await queue.giveUp(claim, 'refused', now);
  // No try of this mail: when the server is back, nothing waits for hours.
  else if (handover === 'unreachable') await queue.retryAt(claim, { at: later(now, minute), counts: false, ...again });
  // Nobody is given up for a fault of ours: it is tried until it is mended.
  else if (handover === 'later' && claim.tries >= mostTries) await queue.giveUp(claim, 'exhausted', now);
  else await queue.retryAt(claim, { at: later(now, backoffMs(claim.tries)), counts: true, ...again });
}

export function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
