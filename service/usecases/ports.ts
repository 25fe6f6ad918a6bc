// What the use cases need from outside. Each method is one atomic act on one document, guarded by the state it expects:
// that, and unique indexes, is what holds the invariants under concurrency and crashes.
import type { Clock } from '../domain/clock.ts';
import type { CoordinatorContact } from '../domain/coordinator.ts';
import type { Due } from '../domain/follow-up.ts';
import type { Dialogue, DialogueStatus } from '../domain/dialogue.ts';
import type { Lab } from '../domain/lab.ts';
import type { MatchRules } from '../domain/matching/index.ts';
import type { Meeting, MeetingStatus } from '../domain/meeting.ts';
import type { Member, MembershipStatus, MentorOffer, Participant } from '../domain/member.ts';
import type { MentoringRequest, RequestStatus } from '../domain/mentoring-request.ts';
import type { Notice } from '../domain/notice.ts';
import type { Answer, Proposal, ProposalSide, ProposalStatus } from '../domain/proposal.ts';
import type { Snapshot } from '../domain/report/snapshot.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { FollowUpSteps } from '../domain/usual-steps.ts';
import type { Cases } from './case-ports.ts';
import type { HealthStore } from './health-ports.ts';
import type { Matcher, MentorPool, RulesBook, Runs, VerifyRules, Wishes } from './match-ports.ts';
import type { Closings, EndedDialogue, Surveys } from './survey-ports.ts';

export type { CoordinatorContact } from '../domain/coordinator.ts';
export type * from './case-ports.ts';
export type * from './health-ports.ts';
export type * from './match-ports.ts';
export type * from './survey-ports.ts';

/** Fields of a record that a conditional write may change; `null` removes the field, if records may lack it. */
export type Change<T> = { readonly [K in keyof T]?: T[K] | (undefined extends T[K] ? null : never) };

/** Records whose state has something due, and that lack it. Every live record is looked at. */
export interface Forgotten<T> {
  listForgotten(limit: number): Promise<T[]>;
  /** Sets what a record waits for, if it still waits for nothing. */
  remind(id: string, due: Due): Promise<boolean>;
}

export interface Members extends Forgotten<Member> {
  find(id: string): Promise<Member | undefined>;
  findByPerson(personKey: string): Promise<Member | undefined>;
  /** Who takes part and has switched on the calendar feed with this hash; nobody who has left. */
  findByFeed(feedHash: string): Promise<Member | undefined>;
  findMany(ids: readonly string[]): Promise<Member[]>;
  /** false when the person has a record already (unique personKey). */
  insert(member: Member): Promise<boolean>;
  /** Applies the change if the status is one of `from`; undefined otherwise. `held` has its own doors. */
  change(
    id: string,
    from: readonly MembershipStatus[],
    change: Change<Omit<Member, 'id' | 'held'>>,
  ): Promise<Member | undefined>;
  /**
   * Takes places for proposals, each by one conditional write: the holders that have theirs, already or now. A mentor has
   * to be active, not paused on `today`, and to have a place free.
   */
  holdPlaces(
    places: readonly { readonly mentorId: string; readonly holderId: string }[],
    at: { now: Date; today: string },
  ): Promise<Set<string>>;
  /** Takes one at a yes: a pause does not matter any more, the capacity does. */
  confirmPlace(mentorId: string, holderId: string, now: Date): Promise<boolean>;
  /** Frees a place; harmless when it is free already. */
  releasePlace(mentorId: string, holderId: string): Promise<void>;
  /** Active members who offer to mentor, in chunks; all of them, or those who have a place free. */
  readMentors(which: 'all' | 'with_places'): AsyncIterable<readonly Participant[]>;
  /** Those among the given ids, as the matching may know them. */
  listParticipants(ids: readonly string[]): Promise<Participant[]>;
  /** Places held since before an instant, for the repair sweep. */
  listHeld(before: Date): Promise<{ readonly mentorId: string; readonly holderId: string }[]>;
  /** Members whose due instant has come (erasure of the withdrawn), oldest first. */
  listDue(now: Date, limit: number): Promise<Member[]>;
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
  /** Notes that this mentor let a proposal pass in silence; the same one counts once. */
  noteSilence(mentorId: string, proposalId: string): Promise<Member | undefined>;
  /** Active members whose charter is not this version, and who have not been asked yet. */
  listToAsk(version: string, limit: number): Promise<Member[]>;
  /** Deletes the record; only of a withdrawn member or a draft. */
  erase(id: string): Promise<boolean>;
}

export interface Requests extends Forgotten<MentoringRequest> {
  find(id: string): Promise<MentoringRequest | undefined>;
  /** The member's live request (open, proposed or matched). */
  findLive(memberId: string): Promise<MentoringRequest | undefined>;
  /** false when the member has a live one already (unique partial index). */
  insert(request: MentoringRequest): Promise<boolean>;
  change(
    id: string,
    from: readonly RequestStatus[],
    change: Change<Omit<MentoringRequest, 'id'>>,
  ): Promise<MentoringRequest | undefined>;
  /** Applies the change if the request is `proposed` by exactly this proposal; harmless when it has gone on already. */
  changeProposed(
    id: string,
    proposalId: string,
    change: Change<Omit<MentoringRequest, 'id'>>,
  ): Promise<MentoringRequest | undefined>;
  /** The member's request that ended last. */
  findLastClosed(memberId: string): Promise<MentoringRequest | undefined>;
  /** Open ones whose due instant has come, oldest first. */
  listDue(now: Date, limit: number): Promise<MentoringRequest[]>;
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
  /** Puts open requests under proposals, each by one conditional write: the proposals that have theirs, already or now. */
  propose(pairs: readonly { readonly requestId: string; readonly proposalId: string }[]): Promise<Set<string>>;
  /** Open requests without their messages, the longest waiting first, in chunks. */
  readOpen(): AsyncIterable<readonly OpenRequest[]>;
}

/** What the matching knows of a request. */
export type OpenRequest = Pick<MentoringRequest, 'id' | 'memberId' | 'wishes' | 'openedAt' | 'lapses'>;

export interface Proposals extends Forgotten<Proposal> {
  find(id: string): Promise<Proposal | undefined>;
  /** false when the id exists or the request has a live proposal already (unique partial index). */
  insert(proposal: Proposal): Promise<boolean>;
  /** Same for many; the ids that were stored now. */
  insertAll(proposals: readonly Proposal[]): Promise<Set<string>>;
  listLiveOf(memberId: string): Promise<Proposal[]>;
  /**
   * Records one side's answer on a live proposal, in one write. A yes needs a side without an answer; a no may replace
   * this side's own yes as long as the proposal lives. Status afterwards: two yeses confirmed, one yes half_accepted,
   * none sent. undefined when the guard fails. Becoming confirmed makes the proposal unsettled again.
   */
  answer(id: string, side: ProposalSide, answer: Answer): Promise<Proposal | undefined>;
  change(
    id: string,
    from: readonly ProposalStatus[],
    change: Change<Omit<Proposal, 'id'>>,
  ): Promise<Proposal | undefined>;
  /** Live ones whose due instant has come, oldest first. */
  listDue(now: Date, limit: number): Promise<Proposal[]>;
  /** Moves `due` on if it still is `done`; false when another copy was faster. */
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
  /**
   * Records whose last change of status still has consequences to carry out (request, place, dialogue, notices), sent
   * before an instant, oldest first: what a crash left half done. Inserting, confirming, lapsing and superseding make a
   * record unsettled; settle() ends that if the status still is the one given.
   */
  listUnsettled(before: Date, limit: number): Promise<Proposal[]>;
  settle(id: string, status: ProposalStatus): Promise<void>;
  /** Same for many that wait for answers; the others among them are left as they are. */
  settleSent(ids: readonly string[]): Promise<void>;
}

export interface Dialogues extends Forgotten<Dialogue> {
  find(id: string): Promise<Dialogue | undefined>;
  /** false when the id exists or the mentee has an open dialogue already (unique partial index). */
  insert(dialogue: Dialogue): Promise<boolean>;
  listOpenOf(memberId: string): Promise<Dialogue[]>;
  change(
    id: string,
    from: readonly DialogueStatus[],
    change: Change<Omit<Dialogue, 'id'>>,
  ): Promise<Dialogue | undefined>;
  listDue(now: Date, limit: number): Promise<Dialogue[]>;
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
  /** Notes one side's word, if the dialogue still is as the person saw it. */
  say(
    id: string,
    what: 'renewal' | 'fitAnswered',
    said: { side: ProposalSide; from: readonly DialogueStatus[]; plannedEndOn?: string },
  ): Promise<Dialogue | undefined>;
  /** Goes on with a dialogue whose two persons have both said yes before this planned end; of several callers one gets it. */
  renew(id: string, plannedEndOn: string, change: Change<Omit<Dialogue, 'id'>>): Promise<Dialogue | undefined>;
}

export interface Meetings {
  find(id: string): Promise<Meeting | undefined>;
  /** The dialogue's suggested or agreed meeting; at most one (unique partial index). */
  findPlanned(dialogueId: string): Promise<Meeting | undefined>;
  listOf(dialogueId: string): Promise<Meeting[]>;
  insert(meeting: Meeting): Promise<boolean>;
  /** Guarded by status and by the sequence the person saw. */
  change(
    id: string,
    expected: { from: readonly MeetingStatus[]; sequence: number },
    change: Change<Omit<Meeting, 'id'>>,
  ): Promise<Meeting | undefined>;
  listDue(now: Date, limit: number): Promise<Meeting[]>;
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
}

export interface Outbox {
  /** Stores each notice once for ever by its key; harmless when repeated. */
  enqueue(...notices: readonly Notice[]): Promise<void>;
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
  /** Name of a dialogue's video room: small letters and digits, not to be guessed. */
  room(dialogueId: string): string;
}

/** Secrets of calendar feeds. */
export interface FeedTokens {
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
  /** Named in the programme's file; notices go to `recipientIdOf` them. */
  readonly coordinators: readonly CoordinatorContact[];
  /** https address of the video server whose rooms are offered (domain/video-room); none without it. */
  readonly videoRoomBase?: string;
}

/** Everything a use case may reach. */
export interface Ports {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly hasher: Hasher;
  readonly feedTokens: FeedTokens;
  readonly rules: ProgrammeRules;
  readonly matcher: Matcher;
  readonly mentorPool: MentorPool;
  /** Told when one record of a sweep fails; must not keep or log anything personal (error texts may be). */
  readonly noteFailure: (sweep: string, error: unknown) => void;
  readonly members: Members;
  readonly requests: Requests;
  readonly proposals: Proposals;
  readonly dialogues: Dialogues;
  readonly meetings: Meetings;
  readonly cases: Cases;
  readonly outbox: Outbox;
  readonly pairMarks: PairMarks;
  readonly retention: Retention;
  readonly runs: Runs;
  readonly wishes: Wishes;
  readonly rulesBook: RulesBook;
  readonly census: Census;
  readonly snapshots: Snapshots;
  readonly health: HealthStore;
  readonly surveys: Surveys;
  readonly closings: Closings;
}
