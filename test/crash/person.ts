// Somebody of the crash test: what they know of themselves, and which deed comes next by the dice and the first page.
import type { Dice } from '../domain/matching/programmes.ts';
import type { Outcome } from './copies.ts';
import type { DeedName, InputOf, ResultOf } from './deeds.ts';
import * as lasting from './lasting-deeds.ts';
import type { Ledger } from './ledger.ts';
import * as standing from './standing-deeds.ts';

export type Ask = <N extends DeedName>(deed: N, input: InputOf<N>) => Promise<Outcome<ResultOf<N>>>;

export interface Person {
  readonly number: number;
  readonly name: string;
  readonly email: string;
  memberId: string | undefined;
  /** Of every time they came. */
  readonly memberIds: Set<string>;
  isDescribed: boolean;
  capacity: number;
  /** Left, perhaps: from then on records that are about them may go. */
  mayHaveLeft: boolean;
  /** Requests that they took back, perhaps. */
  readonly mayBeWithdrawn: Set<string>;
  /** Since when their avoid list is known to hold them apart from somebody, by the other's number. */
  readonly avoided: Map<number, Date>;
  isBusy: boolean;
}

export interface Surroundings {
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly now: () => Date;
  /** Everybody so far. */
  readonly people: readonly Person[];
}

/** One deed of a person, on one copy of the service. */
export interface Turn extends Surroundings {
  readonly person: Person;
  readonly memberId: string;
  readonly ask: Ask;
}

type Look = ResultOf<'look'>;
type Deed = (turn: Turn) => Promise<unknown>;

export function newPerson(number: number): Person {
  const name = `Personne${String(number).padStart(4, '0')}`;
  return {
    ...{ number, name, email: `${name.toLowerCase()}@example.org`, memberId: undefined, memberIds: new Set() },
    ...{
      isDescribed: false,
      capacity: 0,
      mayHaveLeft: false,
      mayBeWithdrawn: new Set(),
      avoided: new Map(),
      isBusy: false,
    },
  };
}

/** Looks at the first page and does one of the things that it offers. */
export async function actOnce(person: Person, ask: Ask, around: Surroundings): Promise<void> {
  const { dice } = around;
  const turn = { ...around, person, ask, memberId: person.memberId ?? '' };
  if (person.memberId === undefined) return standing.sign(turn);
  if (!person.isDescribed) return standing.describe(turn);
  const look = await ask('look', { memberId: person.memberId });
  if (look.kind === 'done') {
    const urgent = look.result.proposals.filter(({ view }) => view === 'waiting_for_you').map(answering);
    await dice.one(urgent.length > 0 && dice.chance(0.8) ? urgent : choices(turn, look.result))(turn);
    // Left, and erased since: a newcomer again.
  } else if (look.kind === 'refused' && person.mayHaveLeft) await standing.sign(turn);
}

function answering({ id }: Look['proposals'][number]): Deed {
  return (turn) => lasting.answer(turn, id);
}

function often(when: boolean, deed: Deed): Deed[] {
  return when ? Array<Deed>(6).fill(deed) : [];
}

function choices({ dice, person }: Turn, { requestId, offers, isResting, dialogues }: Look): Deed[] {
  const isMentor = person.number % 3 === 0;
  const mayAsk = requestId === undefined && !dialogues.some(({ side }) => side === 'mentee');
  const seldom = (chance: number, deed: Deed): Deed[] => (dice.chance(chance) ? [deed] : []);
  return [
    () => Promise.resolve(),
    ...often(!isMentor && mayAsk, lasting.request),
    ...often(isMentor && !offers, standing.offer),
    ...(offers ? [standing.offer, standing.pause] : []),
    ...(offers ? seldom(0.3, standing.withdrawOffer) : []),
    ...(requestId === undefined ? [] : seldom(0.5, (turn) => lasting.withdraw(turn, requestId))),
    ...(requestId === undefined ? [] : seldom(0.5, (turn) => lasting.wish(turn, requestId))),
    ...seldom(0.1, standing.leave),
    ...(isResting
      ? often(true, (turn) => standing.rest(turn, true))
      : seldom(0.2, (turn) => standing.rest(turn, false))),
    ...seldom(0.2, standing.describe),
    ...(person.mayHaveLeft ? [standing.sign] : []),
    ...dialogues.flatMap((dialogue) => meetings(dialogue, seldom)),
  ];
}

function meetings(
  { id, planned, status }: Look['dialogues'][number],
  seldom: (chance: number, deed: Deed) => Deed[],
): Deed[] {
  const isOnHold = status === 'on_hold';
  const others = [
    ...seldom(0.3, (turn) => lasting.end(turn, id)),
    ...(status === 'introduced' ? [] : seldom(0.5, (turn) => lasting.answerFit(turn, id))),
    ...(status === 'active' || isOnHold ? seldom(0.5, (turn) => lasting.rest(turn, id, isOnHold)) : []),
  ];
  if (!planned) return [...often(true, (turn) => lasting.suggest(turn, id)), ...others];
  const mayAgree = planned.status === 'suggested' && !planned.isMine;
  return [
    ...often(mayAgree, (turn) => lasting.agree(turn, planned)),
    ...seldom(0.5, (turn) => lasting.cancel(turn, planned)),
    ...seldom(0.5, (turn) => lasting.move(turn, id, planned)),
    ...others,
  ];
}
