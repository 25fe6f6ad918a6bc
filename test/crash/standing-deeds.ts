// Deeds whose effect stands until the person changes it again: membership, description, offer, pause.
import { addDays, toLocal } from '../../service/domain/calendar.ts';
import { untilResumed } from '../../service/domain/mentor-offer.ts';
import type { Turn } from './person.ts';
import type { KeptMember, World } from './world.ts';

const labs = ['etis', 'liris', 'lix', 'stms', 'isir'];
const dayMs = 86_400_000;
/** Days after which a draft is deleted. */
const draftDays = 30;

const membership = (memberId: string): string => `${memberId} is a member`;
const offering = (memberId: string): string => `${memberId} offers`;
const pausing = (memberId: string): string => `${memberId} pauses`;
const resting = (memberId: string): string => `${memberId} rests`;
const ending = (memberId: string): string => `${memberId} has ended everything`;

export async function sign({ person, ask, ledger, now }: Turn): Promise<void> {
  const labId = labs[person.number % labs.length] ?? 'etis';
  const at = now().getTime();
  const { name, email } = person;
  const outcome = await ask('sign', { personKey: `key of ${name}`, labId, name, email });
  if (outcome.kind === 'refused') return;
  const known = outcome.kind === 'done';
  // Who has left and signs again may be back, although nobody said so: the copy died between the write and its answer.
  const memberId = known ? outcome.result.memberId : person.memberId;
  if (memberId === undefined) return;
  if (memberId !== person.memberId) person.isDescribed = false;
  person.memberId = memberId;
  person.memberIds.add(memberId);
  const isIn = ({ members, now: today }: World): boolean => {
    return isOneOf(members.get(memberId), ['draft', 'active', 'paused']) || today.getTime() > at + draftDays * dayMs;
  };
  ledger.forget(ending(memberId));
  ledger.forget(resting(memberId));
  ledger.stands(membership(memberId), isIn, { value: true, known });
}

export async function describe(turn: Turn): Promise<void> {
  const { person, memberId, ask, dice, ledger, now, people } = turn;
  const avoided = dice.chance(0.3) ? [dice.one(people)].filter((other) => other !== person) : [];
  const team = person.number % 7 === 0 ? 'the team of sevens' : `team ${person.number}`;
  const { name, email } = person;
  const outcome = await ask('describe', { memberId, name, email, team, avoid: avoided.map((other) => other.email) });
  if (outcome.kind === 'refused') return;
  for (const { number } of avoided) person.avoided.set(number, person.avoided.get(number) ?? now());
  if (outcome.kind !== 'done') return;
  person.isDescribed = true;
  ledger.stands(membership(memberId), takesPart(memberId), { value: true, known: true });
}

const isOneOf = (member: KeptMember | undefined, statuses: readonly string[]): boolean =>
  member !== undefined && statuses.includes(member.status);

function takesPart(memberId: string): (world: World) => boolean {
  return ({ members }) => isOneOf(members.get(memberId), ['active', 'paused']);
}

/** Rests from everything, or takes part again. */
export async function rest({ memberId, ask, ledger }: Turn, isResting: boolean): Promise<void> {
  const outcome = await ask(isResting ? 'takePart' : 'rest', { memberId });
  if (outcome.kind === 'refused') return;
  const read = ({ members }: World): boolean => isOneOf(members.get(memberId), ['paused']);
  ledger.stands(resting(memberId), read, { value: !isResting, known: outcome.kind === 'done' });
}

export async function offer({ person, memberId, ask, dice, ledger }: Turn): Promise<void> {
  // Never lowered: a lowered capacity may rightly be exceeded by dialogues that go on.
  const capacity = Math.min(5, Math.max(person.capacity, 1) + dice.below(2));
  const outcome = await ask('offer', { memberId, capacity });
  if (outcome.kind === 'refused') return;
  person.capacity = capacity;
  ledger.stands(offering(memberId), capacityOf(memberId), { value: capacity, known: outcome.kind === 'done' });
}

function capacityOf(memberId: string): (world: World) => unknown {
  return ({ members }) => members.get(memberId)?.offer?.capacity;
}

export async function pause({ memberId, ask, dice, ledger, now }: Turn): Promise<void> {
  const today = toLocal(now(), 'Europe/Paris').date;
  const until = dice.chance(0.4) ? addDays(today, 1 + dice.below(20)) : undefined;
  const outcome = await ask('pause', { memberId, until });
  if (outcome.kind === 'refused') return;
  const read = ({ members, now: checkedAt }: World): unknown => {
    const kept = members.get(memberId)?.offer?.pausedUntil;
    // Whoever saves the offer after a pause that is over leaves it out.
    const isOver = until !== undefined && until <= toLocal(checkedAt, 'Europe/Paris').date;
    if (kept === undefined && isOver) return until;
    // The programme pauses, too: somebody who let two proposals lapse in silence.
    return kept === untilResumed ? until : kept;
  };
  ledger.stands(pausing(memberId), read, { value: until, known: outcome.kind === 'done' });
}

export async function withdrawOffer({ memberId, ask, ledger }: Turn): Promise<void> {
  const outcome = await ask('withdrawOffer', { memberId });
  if (outcome.kind === 'refused') return;
  ledger.stands(offering(memberId), capacityOf(memberId), { value: undefined, known: outcome.kind === 'done' });
  ledger.forget(pausing(memberId));
}

export async function leave({ person, memberId, ask, ledger }: Turn): Promise<void> {
  person.mayHaveLeft = true;
  const outcome = await ask('leave', { memberId });
  if (outcome.kind === 'refused') return;
  const known = outcome.kind === 'done';
  ledger.stands(offering(memberId), capacityOf(memberId), { value: undefined, known });
  ledger.forget(pausing(memberId));
  ledger.forget(resting(memberId));
  ledger.stands(membership(memberId), takesPart(memberId), { value: false, known });
  if (!known) return;
  const open = ({ requests, dialogues }: World): number =>
    [...requests.values()].filter(({ memberId: id, status }) => id === memberId && status !== 'closed').length +
    [...dialogues.values()].filter(
      ({ menteeId, mentorId, status }) => (menteeId === memberId || mentorId === memberId) && status !== 'closed',
    ).length;
  ledger.stands(ending(memberId), open, { value: 0, known: true });
}
