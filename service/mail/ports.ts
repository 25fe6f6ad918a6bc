// What the mail room needs from outside: the queue it works off, what a mail must know when it leaves, and a way out.
import type { WorkingCalendar } from '../domain/calendar.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Notice } from '../domain/notice.ts';
import type { LabId, Locale } from '../domain/terms.ts';
import type { KeyedHash } from '../domain/tie.ts';

/** A notice in the hands of one worker. lease: proves that the claim is still the latest one. */
export interface ClaimedNotice extends Notice {
  readonly lease: string;
  /** Tries so far, this one included. */
  readonly tries: number;
}

/**
 * Whose turn it is. now: the programme's instant, which says what is due. wallNow: real time, which says whether a worker
 * died; the demonstration moves the first, and a moved clock must not look like a death.
 */
export interface ClaimTime {
  readonly now: Date;
  readonly wallNow: Date;
  readonly leaseMs: number;
}

/** refused: the recipient's server said a final no. exhausted: it said "later" too often. dropped: nobody to write to. */
export type GaveUp = 'refused' | 'exhausted' | 'dropped';

export interface MailQueueStats {
  readonly pending: number;
  /** Pending ones whose hour has come. */
  readonly due: number;
  readonly oldestDueAt?: Date;
  readonly sent: number;
  readonly refused: number;
  readonly exhausted: number;
  readonly dropped: number;
}

/** The outbox as its worker sees it. Every change is one conditional write: false or undefined means somebody was faster. */
export interface MailQueue {
  /** Takes the oldest notice that is due and free, or whose worker died, for `leaseMs` of real time. */
  claim(time: ClaimTime): Promise<ClaimedNotice | undefined>;
  markSent(claim: ClaimedNotice, at: Date): Promise<boolean>;
  /** Gives the notice back until an instant of the programme. counts: whether this was a try, and not a closed door. */
  retryAt(claim: ClaimedNotice, retry: { readonly at: Date; readonly counts: boolean }): Promise<boolean>;
  giveUp(claim: ClaimedNotice, code: GaveUp, at: Date): Promise<boolean>;
  /** Deletes what was settled before an instant; returns how many. */
  purge(before: Date): Promise<number>;
  /** Deletes everything about an erased member; returns how many. */
  forget(memberId: string): Promise<number>;
  /** Whether the last mail to this member came to a final no: the member is told at the next launch. */
  isRefused(memberId: string): Promise<boolean>;
  stats(now: Date): Promise<MailQueueStats>;
}

export interface Addressee {
  /** Empty for a coordinator whose name is not configured. */
  readonly name: string;
  readonly email: string;
  readonly emailHash: KeyedHash;
  /** Empty for a coordinator of all labs. */
  readonly labId: LabId;
  readonly locale: Locale;
  /** IANA zone in which times are told. */
  readonly zone: string;
  /** Of the lab: when mails may leave. */
  readonly calendar: WorkingCalendar;
}

/** All that one mail may know. partner: only for kinds that come after two yeses. until: the day the notice speaks of. */
export interface MailFacts {
  readonly addressee: Addressee;
  readonly partner?: { readonly name: string; readonly email: string; readonly labName: string };
  readonly meeting?: Meeting;
  /** Address of the meeting's video room. */
  readonly room?: string;
  readonly answerBy?: Date;
  readonly until?: Date;
  /** Where this mail's link leads instead of the lab's page: one-time, and made when the mail leaves. */
  readonly surveyUrl?: string;
}

/** Looks up what a mail needs when it leaves; undefined when nobody is left to write to, or the notice has been overtaken. */
export type LoadFacts = (notice: Notice) => Promise<MailFacts | undefined>;

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export interface OutgoingMail {
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly date: Date;
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
  /** Address of the page where nudges are switched off; it asks for a session. */
  readonly unsubscribeUrl?: string;
}

/** accepted: the server took it. later: it asked to come back (4xx). unreachable: no server. refused: a final no (5xx). */
export type Handover = 'accepted' | 'later' | 'unreachable' | 'refused';

export interface MailTransport {
  /** Never throws for what a server says; never repeats the server's words, which may hold the address. */
  send(mail: OutgoingMail): Promise<Handover>;
  close(): void;
}
