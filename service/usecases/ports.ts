// What the use cases need from outside. Each method is one atomic act on one document, guarded by the state it expects:
// that, and unique indexes, is what holds the invariants under concurrency and crashes.
import type { Clock } from '../domain/clock.ts';
import type { AppealContact } from '../domain/exclusion.ts';
import type { Lab } from '../domain/lab.ts';
import type { MatchRules } from '../domain/matching/index.ts';
import type { MembershipStatus } from '../domain/member.ts';
import type { MentorOffer } from '../domain/mentor-offer.ts';
import type { RequestStatus } from '../domain/mentoring-request.ts';
import type { Notice } from '../domain/notice.ts';
import type { Snapshot } from '../domain/report/snapshot.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { FollowUpSteps } from '../domain/usual-steps.ts';
import type { AuditPeople, AuditTrail } from './audit-ports.ts';
import type { Cases } from './case-ports.ts';
import type { Coordinators } from './coordinator-ports.ts';
import type { Exclusions } from './exclusion-ports.ts';
import type { Feeds } from './feed-ports.ts';
import type { HealthStore } from './health-ports.ts';
import type { ReferralSheets } from './referral-ports.ts';
import type { Matcher, Outlooks, RulesBook, Runs, VerifyRules, Wishes } from './match-ports.ts';
import type { Dialogues, Meetings, Members, Proposals, Requests } from './record-ports.ts';
import type { Closings, EndedDialogue, Surveys } from './survey-ports.ts';
import type { TwinsBook } from './twins-ports.ts';

export type { CoordinatorContact } from '../domain/coordinator.ts';
export type * from './audit-ports.ts';
export type * from './case-ports.ts';
export type * from './coordinator-ports.ts';
export type * from './exclusion-ports.ts';
export type * from './feed-ports.ts';
export type * from './health-ports.ts';
export type * from './match-ports.ts';
export type * from './referral-ports.ts';
export type * from './record-ports.ts';
export type * from './survey-ports.ts';
export type * from './twins-ports.ts';

export interface Outbox {
  /** Stores each notice once for ever by its key; harmless when repeated. */
  enqueue(...notices: readonly Notice[]): Promise<void>;
  /** What was or will be written to a member, the newest first; nothing of what it says. */
  listOf(memberId: string): Promise<{ kind: Notice['kind']; notBefore: Date; status: string }[]>;
  /** Deletes what was or will be written to these members of one kind about one thing. */
  drop(memberIds: readonly string[], about: Pick<Notice, 'kind' | 'subjectId'>): Promise<void>;
  /** Whether mails to this member come back, or only those to one address: the person is told at the next launch. */
  isRefused(memberId: string, address?: KeyedHash): Promise<boolean>;
  /** The person has looked at the address: what was noted until `at` is forgotten. */
  forgiveRefusal(memberId: string, at: Date): Promise<void>;
}

/** Keyed, unlinkable marks of pairs that were proposed, so that they are not proposed again for 12 months. */
export interface PairMarks {
  add(pairs: readonly { readonly menteeId: string; readonly mentorId: string; readonly sentAt: Date }[]): Promise<void>;
  /** Pairs marked since an instant among the given persons, as [mentee, mentor] ids. */
  among(
    menteeIds: readonly string[],
    mentorIds: readonly string[],
    since: Date,
  ): Promise<(readonly [string, string])[]>;
  /** Deletes what was marked before an instant (retention: 12 months); returns how many. */
  forgetBefore(instant: Date): Promise<number>;
}

/** Deletes what the charter promises to delete; each may be repeated. */
export interface Retention {
  /**
   * Dialogues closed before an instant, at most `limit` of them, each with the name under which it is counted: given once,
   * whoever asks, kept in the dialogue and nowhere else.
   */
  nameEnded(
    closedBefore: Date,
    options: { readonly limit: number; readonly newName: () => string },
  ): Promise<EndedDialogue[]>;
  /** Deletes them with their meetings, proposals and requests: nothing tells any more who talked to whom. */
  unlink(ended: readonly Pick<EndedDialogue, 'id' | 'requestId'>[]): Promise<void>;
  /** When the first of the closed dialogues closed that are still kept. */
  firstLinked(): Promise<Date | undefined>;
  /** Requests that ended without a dialogue before an instant. Returns how many. */
  dropRequests(closedBefore: Date): Promise<number>;
  /** Proposals that ended without a dialogue, sent before an instant. Returns how many. */
  dropProposals(sentBefore: Date): Promise<number>;
  /** Closed requests and notices of a member who is being erased. */
  forgetMember(memberId: string): Promise<void>;
}

/** A pair as the report counts it: ids only to count distinct persons on each side. */
export interface PairCount {
  readonly menteeId: string;
  readonly mentorId: string;
  readonly menteeLabId: string;
  readonly mentorLabId: string;
}

/** One row a person or thing that a snapshot counts. */
export interface Census {
  members(): Promise<
    { labId: string; status: MembershipStatus; offer?: Pick<MentorOffer, 'capacity'>; held: number }[]
  >;
  requests(): Promise<{ labId: string; status: RequestStatus; openedAt: Date }[]>;
  /** Proposals sent since an instant. */
  proposals(since: Date): Promise<PairCount[]>;
  /** Dialogues that are open. */
  openDialogues(): Promise<PairCount[]>;
}

export interface Snapshots {
  /** Stored once by its key (period and rules version); a later one of the same key is dropped. */
  insert(snapshot: Snapshot): Promise<void>;
  latest(): Promise<Snapshot | undefined>;
  has(key: string): Promise<boolean>;
}

/** HMAC-SHA-256 under a key of its own. */
export interface Hasher {
  email(address: string): KeyedHash;
  team(name: string): KeyedHash;
  /** Of a person key or the hash of an address, for exclusions: what stands there leads to no other record. */
  mark(of: string): KeyedHash;
  /** Name of a dialogue's video room: small letters and digits, not to be guessed. */
  room(dialogueId: string): string;
  /** The code that a letter to a new address carries; derived, so that it is stored nowhere. */
  code(memberId: string, codeId: string): string;
  /** The link that a letter about two records carries; derived, so that it is stored nowhere. 256 bits, base64url. */
  twins(id: string): string;
  /** A lasting draw for a name: a whole number from 0 to below `sides`. */
  draw(name: string, sides: number): number;
  /** SHA-256 without a key: anybody can check what is chained by it. */
  digest(text: string): string;
}

/** Secrets of links: calendar feeds, appointments. */
export interface Secrets {
  /** 256 random bits, base64url. */
  make(): string;
  /** What is kept of a secret, hex. */
  hash(token: string): string;
}

export interface ProgrammeRules {
  readonly labs: ReadonlyMap<string, Lab>;
  /** Zone of the regular runs, the report and everything that belongs to no lab. */
  readonly zone: string;
  readonly steps: FollowUpSteps;
  /** Rules of the matching until others are saved. */
  readonly match: MatchRules;
  readonly verify: VerifyRules;
  /** https address of the video server whose rooms are offered (domain/video-room); none without it. */
  readonly videoRoomBase?: string;
  /** To whom somebody may appeal who was excluded; without it see domain/exclusion appealOf. */
  readonly appeal?: AppealContact;
}

/** Everything a use case may reach. */
export interface Ports {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly hasher: Hasher;
  readonly secrets: Secrets;
  readonly rules: ProgrammeRules;
  readonly matcher: Matcher;
  readonly outlooks: Outlooks;
  /** Told when one record of a sweep fails; must not keep or log anything personal (error texts may be). */
  readonly noteFailure: (sweep: string, error: unknown) => void;
  readonly members: Members;
  readonly requests: Requests;
  readonly proposals: Proposals;
  readonly dialogues: Dialogues;
  readonly meetings: Meetings;
  readonly cases: Cases;
  readonly coordinators: Coordinators;
  readonly exclusions: Exclusions;
  readonly feeds: Feeds;
  readonly outbox: Outbox;
  readonly pairMarks: PairMarks;
  readonly retention: Retention;
  readonly runs: Runs;
  readonly wishes: Wishes;
  readonly rulesBook: RulesBook;
  readonly census: Census;
  readonly snapshots: Snapshots;
  readonly health: HealthStore;
  readonly referralSheets: ReferralSheets;
  readonly twins: TwinsBook;
  readonly surveys: Surveys;
  readonly closings: Closings;
  readonly trail: AuditTrail;
  readonly auditPeople: AuditPeople;
}
