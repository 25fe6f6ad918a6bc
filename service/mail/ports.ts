// What the mail room needs from outside: the queue it works off, what a mail must know when it leaves, and a way out.
import type { WorkingCalendar } from '../domain/calendar.ts';
import type { DisclosureReason } from '../domain/disclosure.ts';
import type { Appeal } from '../domain/exclusion.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Notice, NoticeKind } from '../domain/notice.ts';
import type { LabId, Locale } from '../domain/terms.ts';
import type { KeyedHash } from '../domain/tie.ts';

/** A notice in the hands of one worker. lease: proves that the claim is still the latest one; leaseUntil: in real time. */
export interface ClaimedNotice extends Notice {
  readonly lease: string;
  readonly leaseUntil: Date;
  /** Tries so far, this one included. */
  readonly tries: number;
  /** Key of the mail in which it was tried, or in hand when its worker died. */
  readonly mailKey?: string;
  /** It was put off, and leaves together with others. */
  readonly goesAlong?: boolean;
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

/** Notices that nobody will get. */
export interface GivenUp {
  readonly kind: NoticeKind;
  readonly code: Exclude<GaveUp, 'dropped'>;
  readonly count: number;
  readonly lastAt: Date;
}

/** When a notice is to be taken up again, by the programme's clock. */
export interface Retry {
  readonly at: Date;
  /** Whether this was a try, and not a closed door. */
  readonly counts: boolean;
  /** A nudge, or a letter of a thread, that was put off goes along with the next one that leaves. */
  readonly goesAlong?: boolean;
  /** It is tried again in the mail in which it was: whichever notice of it is taken up first goes on with it. */
  readonly sameMail?: boolean;
}

/** A person's turn to be nudged, in the hands of one worker under the key of the mail that is to leave; or when the last was. */
export type NudgeTurn = { readonly mailKey: string } | { readonly mailKey?: undefined; readonly lastAt?: Date };

/** One mail of nudges a person in five days: whoever sends one holds the person's turn until it is recorded. */
export interface NudgeTurns {
  /**
   * Takes the turn for a notice in hand, by one write: free when the last mail left `nudgeDays` ago, or when it is this
   * notice's mail and has not left. anyway: also before, for what may not wait. Ends with the notice's lease.
   */
  takeTurn(claim: ClaimedNotice, when: { now: Date; wallNow: Date; anyway?: boolean }): Promise<NudgeTurn>;
  /**
   * For the holder of the turn: takes all nudges of the person whose hour has come or that were put off into this mail, the
   * given one included, also out of the hands of workers that have no turn. Oldest first.
   */
  gather(claim: ClaimedNotice, mail: { mailKey: string; now: Date; wallNow: Date }): Promise<ClaimedNotice[]>;
  /** hasLeft: the days count from this mail; otherwise it is still to leave under its name. */
  giveBackTurn(claim: ClaimedNotice, mail: { hasLeft: boolean }): Promise<void>;
}

/** One letter of a thread after the other: whoever sends one holds the thread's turn until it is recorded. */
export interface LetterTurns {
  /** Takes the turn for a notice in hand, by one write, until its lease ends. leftAt: of the last letters, oldest first. */
  takeThread(
    claim: ClaimedNotice,
    when: { now: Date; wallNow: Date },
  ): Promise<{ readonly leftAt: readonly Date[] } | undefined>;
  /** For the holder of the turn: takes all letters of the thread that were put off, or that are due and were not. Oldest first. */
  gatherThread(
    claim: ClaimedNotice,
    mail: { mailKey: string; which: 'due' | 'put_off'; now: Date; wallNow: Date },
  ): Promise<ClaimedNotice[]>;
  /** leftAt: when a mail left; otherwise none did. */
  giveBackThread(claim: ClaimedNotice, leftAt: Date | undefined): Promise<void>;
}

/** Addresses whose server said a final no; of the address itself only a keyed hash is kept. */
export interface Refusals {
  /**
   * Whether mails to this member come back: the member is told at the next launch. With a hash: whether they do so at
   * exactly this address, so that another one is tried at once.
   */
  isRefused(memberId: string, emailHash?: KeyedHash): Promise<boolean>;
  findRefused(memberId: string): Promise<KeyedHash | undefined>;
  noteRefusal(memberId: string, emailHash: KeyedHash, at: Date): Promise<void>;
  /** It was no fault of these members: forgets what was noted, and queues again what was given up for it since an instant. */
  takeBackRefusals(memberIds: readonly string[], since: Date, at: Date): Promise<void>;
  /** The member says that the address is right, or a mail got through: forgets what was noted until `at`. */
  forgiveRefusal(memberId: string, at: Date): Promise<void>;
}

/** The outbox as its worker sees it. Every change is one conditional write: false or undefined means somebody was faster. */
export interface MailQueue extends NudgeTurns, LetterTurns, Refusals {
  /** Takes the oldest notice that is due and free, or whose worker died, for `leaseMs` of real time. */
  claim(time: ClaimTime): Promise<ClaimedNotice | undefined>;
  /** All notices of one mail, in one command. */
  markSent(claims: readonly ClaimedNotice[], at: Date): Promise<boolean>;
  /** Gives the notice back until an instant of the programme. */
  retryAt(claim: ClaimedNotice, retry: Retry): Promise<boolean>;
  giveUp(claim: ClaimedNotice, code: GaveUp, at: Date): Promise<boolean>;
  /** What was given up since an instant, for whatever a server said: how many of each kind. */
  listGivenUp(since: Date): Promise<GivenUp[]>;
  /** Queues it again, as if it had never been tried, and forgets what was noted of the addresses; returns how many. */
  retryGivenUp(since: Date, at: Date): Promise<number>;
  /** Deletes what was settled before an instant, and turns to nudge that were taken before it; returns how many notices. */
  purge(before: Date): Promise<number>;
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
  /** Since when the person's calendar program reads their feed. */
  readonly feedReadAt?: Date;
  /** Address of the meeting's video room. */
  readonly room?: string;
  readonly answerBy?: Date;
  readonly until?: Date;
  /** For the address to which the mail goes. */
  readonly code?: string;
  /** Of a look at who somebody is: when, and why. Not who was looked up. */
  readonly disclosure?: { readonly on: Date; readonly reason: DisclosureReason };
  /** With whom somebody who was excluded may appeal. */
  readonly appeal?: Appeal;
  /** Where this mail's link leads instead of the lab's page: made when the mail leaves. */
  readonly ownUrl?: string;
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
  readonly calendar?: { readonly method: 'PUBLISH' | 'CANCEL'; readonly content: string };
  /** Address of the page where nudges are switched off; it asks for a session. */
  readonly unsubscribeUrl?: string;
}

/**
 * accepted: the server took it. later: it asked to come back. unreachable: no server. refused: this mailbox is dead. ours: a
 * final no about the programme, its server or what it writes. unclear: a final no to this recipient, nobody knows why.
 */
export type Handover = 'accepted' | 'later' | 'unreachable' | 'refused' | 'ours' | 'unclear';

export interface MailTransport {
  /** Never throws for what a server says; never repeats the server's words, which may hold the address. */
  send(mail: OutgoingMail): Promise<Handover>;
  /** What the server said when it did not take this mail, without addresses; empty when it said nothing. */
  wordsOn(mail: OutgoingMail): string;
  close(): void;
}
