// What the use cases need of the records: each method is one atomic act on one document, guarded by the state it expects.
import type { Due } from '../domain/follow-up.ts';
import type { Dialogue, DialogueStatus } from '../domain/dialogue.ts';
import type { Meeting, MeetingStatus } from '../domain/meeting.ts';
import type { Member, MembershipStatus, Participant } from '../domain/member.ts';
import type { MentoringRequest, RequestStatus } from '../domain/mentoring-request.ts';
import type { Answer, Proposal, ProposalSide, ProposalStatus } from '../domain/proposal.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Joinings } from './twins-ports.ts';

/** Fields of a record that a conditional write may change; `null` removes the field, if records may lack it. */
export type Change<T> = { readonly [K in keyof T]?: T[K] | (undefined extends T[K] ? null : never) };

/** Records whose state has something due, and that lack it. Every live record is looked at. */
export interface Forgotten<T> {
  listForgotten(limit: number): Promise<T[]>;
  /** Sets what a record waits for, if it still waits for nothing. */
  remind(id: string, due: Due): Promise<boolean>;
}

export interface Members extends Forgotten<Member>, Joinings {
  find(id: string): Promise<Member | undefined>;
  findMany(ids: readonly string[]): Promise<Member[]>;
  /** Who ever gave this address as their own, by its hash; looks through all of them. */
  listByAddress(address: KeyedHash): Promise<Member[]>;
  /** Looks through all of them. */
  listExcluded(): Promise<Member[]>;
  /** false when the person has a record already (unique personKey). */
  insert(member: Member): Promise<boolean>;
  /** Applies the change if the status is one of `from`; undefined otherwise. `held` has its own doors. */
  change(
    id: string,
    from: readonly MembershipStatus[],
    change: Change<Omit<Member, 'id' | 'held'>>,
  ): Promise<Member | undefined>;
  /**
   * The same for whoever acts on what has come due: only if the member still waits for what was seen, under the same
   * signature. Every act of a person sets these anew, and goes before.
   */
  changeIfStill(
    seen: Pick<Member, 'id' | 'due' | 'charter'>,
    from: readonly MembershipStatus[],
    change: Change<Omit<Member, 'id' | 'held'>>,
  ): Promise<Member | undefined>;
  /**
   * The same for whoever saves a form: only if nobody has saved another one since the member was read, and no sweep has
   * changed what the record waits for, or paused the offer.
   */
  changeUnedited(
    seen: Pick<Member, 'id' | 'edits' | 'due' | 'charter' | 'offer'>,
    from: readonly MembershipStatus[],
    change: Change<Omit<Member, 'id' | 'held'>>,
  ): Promise<Member | undefined>;
  /** Counts one more try at a code that somebody was sent; false when it has had so many, or is not theirs any more. */
  tryCode(id: string, codeId: string, most: number): Promise<boolean>;
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
  /** Active members who offer to mentor and have a place free, in chunks. */
  readMentors(): AsyncIterable<readonly Participant[]>;
  /** Those among the given ids, as the matching may know them. */
  listParticipants(ids: readonly string[]): Promise<Participant[]>;
  /** Places held since before an instant, for the repair sweep. */
  listHeld(before: Date): Promise<{ readonly mentorId: string; readonly holderId: string }[]>;
  /** Members whose due instant has come (erasure of the withdrawn), oldest first. */
  listDue(now: Date, limit: number): Promise<Member[]>;
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
  /** Frees a place and counts one silence of its mentor, in one write: who holds the place no more is counted no more. */
  releaseSilent(mentorId: string, holderId: string, today: string): Promise<void>;
  /** Pauses the offer of an active mentor who still has so many silences, and begins to count anew. */
  pauseSilent(mentorId: string, silences: number, until: string): Promise<void>;
  /** Active members whose charter is not this version, and who have not been asked yet. */
  listToAsk(version: string, limit: number): Promise<Member[]>;
  /** Who takes part with an address that waits, and to which no code was sent. */
  listToConfirm(limit: number): Promise<Member[]>;
  /** Deletes the record; only of an erased member. */
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
  /** All of a member's requests that are stored, the newest first. */
  listOf(memberId: string): Promise<MentoringRequest[]>;
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
  /**
   * Records a first yes of one side of a pair that may not come about: whatever the other side said, it is half_accepted at
   * most, and lapses at an instant at the latest. undefined when the guard fails.
   */
  keepApart(id: string, side: ProposalSide, lapseAt: Date): Promise<Proposal | undefined>;
  change(
    id: string,
    from: readonly ProposalStatus[],
    change: Change<Omit<Proposal, 'id'>>,
  ): Promise<Proposal | undefined>;
  /** Ends a live one and deletes its answers. isTimeUp: then the same write notes whether the mentor had said nothing. */
  lapse(id: string, isTimeUp: boolean): Promise<Proposal | undefined>;
  /** Lets a live one lapse at an instant at the latest; the earliest counts. Its reminders still come before. */
  lapseBy(id: string, at: Date): Promise<Proposal | undefined>;
  /** Live ones whose due instant has come, oldest first. */
  listDue(now: Date, limit: number): Promise<Proposal[]>;
  /** Moves `due` on, not beyond `lapseAt`, if it still is `done`; false when another copy was faster. */
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
  findMany(ids: readonly string[]): Promise<Dialogue[]>;
  /** false when the id exists or the mentee has an open dialogue already (unique partial index). */
  insert(dialogue: Dialogue): Promise<boolean>;
  listOpenOf(memberId: string): Promise<Dialogue[]>;
  /** The closed ones too, as long as they are stored; looks through all of them. */
  listOf(memberId: string): Promise<Dialogue[]>;
  change(
    id: string,
    from: readonly DialogueStatus[],
    change: Change<Omit<Dialogue, 'id'>>,
  ): Promise<Dialogue | undefined>;
  /** The same for whoever acts on what has come due: only if the dialogue still waits for what was seen. */
  changeIfStill(
    seen: Pick<Dialogue, 'id' | 'due'>,
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
  /** Claims of these members that are taken by meetings of whatever dialogue. */
  listTaken(memberIds: readonly string[]): Promise<string[]>;
  /** false when the dialogue has a planned meeting, or another meeting holds one of its claims (unique indexes). */
  insert(meeting: Meeting): Promise<boolean>;
  /** Guarded by status and by the sequence the person saw; undefined, too, when another meeting holds one of its claims. */
  change(
    id: string,
    expected: { from: readonly MeetingStatus[]; sequence: number },
    change: Change<Omit<Meeting, 'id'>>,
  ): Promise<Meeting | undefined>;
  listDue(now: Date, limit: number): Promise<Meeting[]>;
  advance(id: string, done: Due, next: Due | undefined): Promise<boolean>;
}
