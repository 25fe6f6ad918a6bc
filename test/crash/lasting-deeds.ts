// Deeds whose effect nothing may undo, until retention deletes the record: requests, answers, meetings, the end.
import { liveProposalStatuses } from '../../service/domain/proposal.ts';
import { tieBetween } from '../../service/domain/tie.ts';
import type { Turn } from './person.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;
/** Days after which what links two persons is deleted. */
const linkDays = 90;

/** Whether a record may be gone by now: ninety days are over, or its person has left. */
function mayBeGone({ person, now }: Turn): (world: World) => boolean {
  const at = now().getTime();
  return (world) => person.mayHaveLeft || world.now.getTime() >= at + linkDays * dayMs;
}

export async function request(turn: Turn): Promise<void> {
  const { person, memberId, ask, ledger } = turn;
  const outcome = await ask('ask', { memberId });
  if (outcome.kind !== 'done') return;
  const { requestId } = outcome.result;
  const isGone = mayBeGone(turn);
  ledger.lasts(`${memberId} asked by ${requestId}`, (world) => {
    const kept = world.requests.get(requestId);
    if (!kept) return isGone(world);
    return kept.outcome !== 'withdrawn' || person.mayHaveLeft || person.mayBeWithdrawn.has(requestId);
  });
}

/** Stands until the next wish; what nobody reads any more is not looked at. */
export async function wish({ memberId, ask, ledger, dice }: Turn, requestId: string): Promise<void> {
  const format = dice.one(['one_off', 'six_months'] as const);
  const outcome = await ask('wish', { memberId, format });
  if (outcome.kind === 'refused') return;
  const read = ({ requests }: World): string => requests.get(requestId)?.wishes.format ?? format;
  ledger.stands(`${requestId} asks for`, read, { value: format, known: outcome.kind === 'done' });
}

export async function withdraw(turn: Turn, requestId: string): Promise<void> {
  turn.person.mayBeWithdrawn.add(requestId);
  const outcome = await turn.ask('withdraw', { memberId: turn.memberId });
  if (outcome.kind !== 'done') return;
  const isGone = mayBeGone(turn);
  turn.ledger.lasts(`${turn.memberId} withdrew ${requestId}`, (world) => {
    const kept = world.requests.get(requestId);
    return kept ? kept.outcome === 'withdrawn' : isGone(world);
  });
}

export async function answer(turn: Turn, proposalId: string): Promise<void> {
  const { memberId, ask, ledger, dice, person } = turn;
  const given = dice.chance(0.85) ? 'yes' : 'no';
  const outcome = await ask('answer', { memberId, proposalId, answer: given });
  if (outcome.kind !== 'done') return;
  const isGone = mayBeGone(turn);
  if (given === 'no') {
    ledger.lasts(`no to ${proposalId}`, ({ dialogues }) => !dialogues.has(proposalId));
  } else if (outcome.result.dialogueId !== undefined) {
    ledger.lasts(`two yeses to ${proposalId}`, (world) => world.dialogues.has(proposalId) || isGone(world));
  } else {
    ledger.lasts(`${memberId} said yes to ${proposalId}`, (world) => {
      const kept = world.proposals.get(proposalId);
      if (!kept || !liveProposalStatuses.some((status) => status === kept.status)) return true;
      const own = kept.answers[kept.menteeId === memberId ? 'mentee' : 'mentor'];
      const mayRefuse = person.mayHaveLeft || person.mayBeWithdrawn.has(kept.requestId);
      return own === 'yes' || (own === 'no' && mayRefuse) || areTied(world, kept);
    });
  }
}

function areTied({ members }: World, pair: { menteeId: string; mentorId: string }): boolean {
  const [one, other] = [members.get(pair.menteeId), members.get(pair.mentorId)];
  return one !== undefined && other !== undefined && tieBetween(one, other) !== undefined;
}

export async function suggest(turn: Turn, dialogueId: string): Promise<void> {
  const { memberId, ask, ledger, dice } = turn;
  const outcome = await ask('suggest', { memberId, dialogueId, pick: dice.below(1000) });
  if (outcome.kind !== 'done' || !outcome.result) return;
  const { meetingId } = outcome.result;
  const isGone = mayBeGone(turn);
  ledger.lasts(`meeting ${meetingId} was suggested`, (world) => world.meetings.has(meetingId) || isGone(world));
}

interface Planned {
  readonly meetingId: string;
  readonly sequence: number;
}

export async function agree(turn: Turn, { meetingId, sequence }: Planned): Promise<void> {
  const outcome = await turn.ask('agree', { memberId: turn.memberId, meetingId, sequence });
  if (outcome.kind !== 'done') return;
  const isGone = mayBeGone(turn);
  turn.ledger.lasts(`meeting ${meetingId} was agreed`, (world) => {
    const isTold = [...world.notices.keys()].some((key) => key.startsWith(`meeting_agreed:${meetingId}:`));
    return (isTold && world.meetings.get(meetingId)?.status !== 'suggested') || isGone(world);
  });
}

export async function cancel(turn: Turn, { meetingId, sequence }: Planned): Promise<void> {
  const outcome = await turn.ask('cancel', { memberId: turn.memberId, meetingId, sequence });
  if (outcome.kind !== 'done') return;
  const isGone = mayBeGone(turn);
  turn.ledger.lasts(`meeting ${meetingId} was cancelled`, (world) => {
    const kept = world.meetings.get(meetingId);
    return kept ? kept.status === 'cancelled' : isGone(world);
  });
}

export async function end(turn: Turn, dialogueId: string): Promise<void> {
  const outcome = await turn.ask('end', { memberId: turn.memberId, dialogueId });
  if (outcome.kind !== 'done') return;
  const isGone = mayBeGone(turn);
  turn.ledger.lasts(`dialogue ${dialogueId} was ended`, (world) => {
    const kept = world.dialogues.get(dialogueId);
    return kept ? kept.status === 'closed' : isGone(world);
  });
}

export async function answerFit(turn: Turn, dialogueId: string): Promise<void> {
  const outcome = await turn.ask('fit', { memberId: turn.memberId, dialogueId });
  if (outcome.kind !== 'done') return;
  turn.ledger.lasts(`${turn.memberId} was asked how ${dialogueId} goes`, ({ dialogues }) => {
    const kept = dialogues.get(dialogueId);
    // Of a dialogue that is over, nothing one-sided is kept.
    return (
      !kept ||
      kept.status === 'closed' ||
      kept.fitAnswered?.[kept.menteeId === turn.memberId ? 'mentee' : 'mentor'] === true
    );
  });
}

/** Both may change it at any time: only the invariants are looked at. */
export async function rest({ memberId, ask }: Turn, dialogueId: string, isOnHold: boolean): Promise<void> {
  await ask(isOnHold ? 'resume' : 'hold', { memberId, dialogueId });
}

export async function move({ memberId, ask, dice }: Turn, dialogueId: string, planned: Planned): Promise<void> {
  const { meetingId, sequence } = planned;
  await ask('move', { memberId, dialogueId, meetingId, sequence, pick: dice.below(1000) });
}
