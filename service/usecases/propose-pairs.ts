import { commonGround, type DescribedMember, type DescribedMentor, type Placed } from '../domain/common-ground.ts';
import type { Span } from '../domain/free-time.ts';
import type { ScoredPair } from '../domain/matching/index.ts';
import { isOut } from '../domain/member.ts';
import type { Proposal } from '../domain/proposal.ts';
import { tieBetween } from '../domain/tie.ts';
import { releaseOrphan, supersedeProposal } from './end-proposal.ts';
import { bothOf, notifyAll } from './notify.ts';
import type { OpenRequest, Ports } from './ports.ts';
import { getLab, today, type Pair } from './records.ts';
import { remembering } from './remember.ts';
import { answerBy } from './view-proposal.ts';
import { timersOfProposal, waitingFor } from './waiting.ts';

export interface PairToPropose {
  readonly request: OpenRequest;
  readonly mentee: DescribedMember;
  readonly mentor: DescribedMentor;
  readonly match: ScoredPair;
  readonly runKey: string;
}

/**
 * Proposes a batch of pairs: places, proposals, requests, each one conditional write a pair, in an order that a crash
 * cannot turn into two proposals or a place taken twice. The number proposed: where something changed since the matching
 * looked, nothing is, and the next run sees it. span: the days in which the matching looked for a common hour.
 */
export async function proposePairs(ports: Ports, pairs: readonly PairToPropose[], span: Span): Promise<number> {
  const proposals = proposalsOf(ports, pairs, span);
  const places = proposals.map(({ id, mentorId }) => ({ mentorId, holderId: id }));
  const held = await ports.members.holdPlaces(places, { now: ports.clock.now(), today: today(ports) });
  const placed = proposals.filter(({ id }) => held.has(id));
  const stored = await ports.proposals.insertAll(placed);
  for (const { id, mentorId } of placed) if (!stored.has(id)) await releaseOrphan(ports, mentorId, id);
  return settleSent(
    ports,
    placed.filter(({ id }) => stored.has(id)),
  );
}

/** What follows the insertion of proposals. Safe to repeat; one whose request had gone is undone and not counted. */
export async function settleSent(ports: Ports, proposals: readonly Proposal[]): Promise<number> {
  if (proposals.length === 0) return 0;
  const apart = await apartMeanwhile(ports, proposals);
  const wanted = proposals.filter(({ id }) => !apart.has(id));
  const moved = await ports.requests.propose(wanted.map(({ id, requestId }) => ({ requestId, proposalId: id })));
  for (const gone of proposals.filter(({ id }) => !moved.has(id))) await supersedeProposal(ports, gone);
  const sent = proposals.filter(({ id }) => moved.has(id));
  await ports.pairMarks.add(sent);
  const actBy = remembering(timeKey, (proposal: Proposal) => answerBy(ports, proposal));
  await notifyAll(
    ports,
    sent.map((proposal) => ({
      recipients: bothOf(proposal),
      news: { kind: 'proposal_sent', subjectId: proposal.id, actBy: actBy(proposal) },
    })),
  );
  await ports.proposals.settleSent(sent.map(({ id }) => id));
  return sent.length;
}

/**
 * Pairs of whom one has declared a tie, or is out, since the matching looked: nobody is told that they were meant for each
 * other. Read after the proposals are stored: whoever is excluded later finds them.
 */
async function apartMeanwhile(ports: Ports, proposals: readonly Proposal[]): Promise<Set<string>> {
  const ids = new Set(proposals.flatMap(({ menteeId, mentorId }) => [menteeId, mentorId]));
  const members = new Map((await ports.members.listParticipants([...ids])).map((member) => [member.id, member]));
  const tied = proposals.filter(({ menteeId, mentorId }) => {
    const [mentee, mentor] = [members.get(menteeId), members.get(mentorId)];
    if (!mentee || !mentor || isOut(mentee) || isOut(mentor)) return true;
    return tieBetween(mentee, mentor) !== undefined;
  });
  return new Set(tied.map(({ id }) => id));
}

/** Delays depend on the two labs and the instant alone. */
function timeKey({ menteeLabId, mentorLabId, sentAt }: Pair & Pick<Proposal, 'sentAt'>): string {
  return [menteeLabId, mentorLabId, sentAt.getTime()].join(' ');
}

/** An id comes from the run and the request: a run that is taken up again makes the same proposal, not a second one. */
function proposalsOf(ports: Ports, pairs: readonly PairToPropose[], span: Span): Proposal[] {
  const sentAt = ports.clock.now();
  const dueOf = remembering(timeKey, (pair: Pair & { sentAt: Date }) =>
    waitingFor(ports, timersOfProposal(ports, pair)),
  );
  const placed = <M extends DescribedMember>(member: M): Placed<M> => ({
    member,
    calendar: getLab(ports, member.labId).calendar,
  });
  return pairs.map(({ request, mentee, mentor, match, runKey }) => {
    const labs = { menteeLabId: mentee.labId, mentorLabId: mentor.labId };
    const persons = { menteeId: mentee.id, mentorId: mentor.id };
    return {
      id: `${request.id}-${String(request.lapses)}-${runKey.replace(/[^A-Za-z0-9]+/g, '')}`,
      requestId: request.id,
      ...persons,
      ...labs,
      runKey,
      status: 'sent',
      answers: {},
      score: match.score,
      reasons: match.parts,
      common: commonGround(request, { mentee: placed(mentee), mentor: placed(mentor) }, span),
      sentAt,
      ...dueOf({ ...persons, ...labs, sentAt }),
    };
  });
}
