// A double-blind proposal: two persons, two answers, nothing told to the other side before both said yes.
import { addOpenDays, nextRegularRun, type WorkingCalendar } from './calendar.ts';
import { MentoringError } from './errors.ts';
import { openDaysTimer, type Due, type Timer } from './follow-up.ts';
import type { Life } from './life.ts';
import type { ScorePart } from './matching/types.ts';
import type { DialogueFormat, LabId, Language, Modality } from './terms.ts';
import type { Topic } from './topic.ts';
import type { FollowUpSteps } from './usual-steps.ts';

export type ProposalStatus = 'sent' | 'half_accepted' | 'confirmed' | 'lapsed' | 'superseded';
export type ProposalSide = 'mentee' | 'mentor';
export type Answer = 'yes' | 'no';

export const proposalLife: Life<ProposalStatus> = {
  sent: { becomes: ['half_accepted', 'lapsed', 'superseded'], waitsFor: { timers: ['proposal'] } },
  /** Back to sent: who said yes may say no as long as the other has not answered. */
  half_accepted: { becomes: ['sent', 'confirmed', 'lapsed', 'superseded'], waitsFor: { timers: ['proposal'] } },
  /** Lapsed, when the place or the mentee's one dialogue turns out to be taken. */
  confirmed: { becomes: ['lapsed'], waitsFor: { with: 'dialogue' } },
  lapsed: { becomes: [], waitsFor: 'nothing' },
  superseded: { becomes: [], waitsFor: 'nothing' },
};

export const liveProposalStatuses = ['sent', 'half_accepted'] as const satisfies readonly ProposalStatus[];

export function isLive({ status }: { readonly status: ProposalStatus }): boolean {
  return liveProposalStatuses.some((live) => live === status);
}

/** One part of the match's score, as the matching explained it. */
export type MatchReason = ScorePart;

/** What the two have in common: all that a card may show besides the career-stage band. */
export interface CommonGround {
  readonly topics: readonly Topic[];
  readonly keptForConversation: boolean;
  readonly languages: readonly Language[];
  readonly modalities: readonly Modality[];
  readonly format: DialogueFormat;
  /** Half-days "1am" (Monday morning) to "7pm" on the clock of the mentee's lab. */
  readonly halfDays: readonly string[];
  /** The same on the clock of the mentor's lab, where it is another one. */
  readonly mentorHalfDays?: readonly string[];
  readonly sameLab: boolean;
}

/** What one side may be told of it: half-days on their own clock, and nothing of where the other is. */
export type CommonTold = Omit<CommonGround, 'mentorHalfDays' | 'sameLab'>;

export function commonFor(common: CommonGround, side: ProposalSide): CommonTold {
  const { topics, keptForConversation, languages, modalities, format, halfDays, mentorHalfDays = halfDays } = common;
  return {
    ...{ topics, keptForConversation, languages, modalities, format },
    halfDays: side === 'mentor' ? mentorHalfDays : halfDays,
  };
}

export interface Proposal {
  readonly id: string;
  readonly requestId: string;
  readonly menteeId: string;
  readonly mentorId: string;
  /** Labs of the two, for figures only. */
  readonly menteeLabId: LabId;
  readonly mentorLabId: LabId;
  readonly runKey: string;
  readonly status: ProposalStatus;
  /** Deleted when the proposal ends: nobody can look up later who said no. */
  readonly answers: Readonly<Partial<Record<ProposalSide, Answer>>>;
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  readonly common: CommonGround;
  readonly sentAt: Date;
  /** From a lapse until its consequences are carried out: the mentor had all the days and said nothing. */
  readonly mentorSilent?: true;
  /** When it ends at the latest, though both go on being reminded: somebody will not, or must not, go on. Goes with its end. */
  readonly lapseAt?: Date;
  readonly due?: Due;
}

/** The step that ends a proposal. */
export const lapseStep = 'lapse';

/**
 * What a live proposal waits for. Silence ends at a regular run, as a refusal does; until then a refusal changes nothing for
 * the other side, reminders included. zone: of the regular runs.
 */
export function proposalTimers(
  { sentAt, lapseAt }: Pick<Proposal, 'sentAt' | 'lapseAt'>,
  {
    steps,
    calendar,
    zone,
  }: { readonly steps: FollowUpSteps; readonly calendar: WorkingCalendar; readonly zone: string },
): Timer[] {
  const timer = openDaysTimer(steps.proposal, sentAt, calendar);
  const at = (days: number): Date => {
    const run = nextRegularRun(zone, timer.at(days));
    return lapseAt && lapseAt < run ? lapseAt : run;
  };
  return [
    { ...timer, steps: steps.proposal.filter(({ ends }) => !ends) },
    { steps: steps.proposal.filter(({ ends }) => ends), at },
  ];
}

/** Until when both are asked to answer: told from the sending alone, so that a refusal on the other side does not show. */
export function answerableUntil(
  { sentAt }: Pick<Proposal, 'sentAt'>,
  { steps, calendar }: { readonly steps: FollowUpSteps; readonly calendar: WorkingCalendar },
): Date {
  const end = steps.proposal.find(({ ends }) => ends);
  return addOpenDays(calendar, sentAt, end?.afterDays ?? 0);
}

/** Which side a member is on. @throws MentoringError not_found for anybody else, so that existence is not told. */
export function sideOf(proposal: Pick<Proposal, 'menteeId' | 'mentorId'>, memberId: string): ProposalSide {
  if (memberId === proposal.menteeId) return 'mentee';
  if (memberId === proposal.mentorId) return 'mentor';
  throw new MentoringError('not_found');
}

/** What one side may see of a proposal: their own answer, never the other's. */
export type ProposalView = 'waiting_for_you' | 'you_answered' | 'over';

export function viewOf(proposal: Proposal, side: ProposalSide): ProposalView {
  if (!isLive(proposal)) return 'over';
  return proposal.answers[side] ? 'you_answered' : 'waiting_for_you';
}
