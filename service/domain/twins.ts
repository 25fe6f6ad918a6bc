// Two records that have an own address in common: one person who came in by two doors, or two who share a mailbox. Nobody but
// they can tell. Records are joined by two yeses, one from each of them: whoever reads the mailbox alone ends nobody's record.
import { MentoringError } from './errors.ts';
import { isOut, type Member } from './member.ts';
import { confirmedEmail, isWithoutTag } from './own-address.ts';
import type { KeyedHash } from './tie.ts';

/** asked: a letter says so. half_said: one of them may end, its person said. joined, apart: for good. */
export type TwinsStatus = 'asked' | 'half_said' | 'joined' | 'apart';

export interface Twins {
  /** Of the two records' ids: see twinsId. */
  readonly id: string;
  readonly memberIds: readonly string[];
  readonly status: TwinsStatus;
  readonly foundAt: Date;
  /** The record that may end, or has ended. */
  readonly endingId?: string;
  /** Whose letters go to what the two have in common. */
  readonly readerId: string;
  /** The letter is still to be written. */
  readonly unwritten?: true;
  /** When both had said so: not all of it is carried out yet. */
  readonly joiningSince?: Date;
}

/**
 * How one of the two sees it. may_end: this record, as its person said. may_go_on: the other one may end. over: the link is too
 * old. gone: the other one takes part no more. joining: both have said so, and it is still to be carried out.
 */
export type TwinsView = 'asked' | 'may_end' | 'may_go_on' | 'joining' | 'joined' | 'apart' | 'over' | 'gone';

/** What somebody may say: this record may end; it stays after all; it goes on, and the other ends; both stay. */
export const twinsAnswers = ['end', 'stay', 'go_on', 'apart'] as const;
export type TwinsAnswer = (typeof twinsAnswers)[number];

/** null takes a field away. */
type TwinsChange = Pick<Twins, 'status'> & { readonly endingId?: string | null; readonly joiningSince?: Date };

interface Step {
  /** As this side sees it, before. */
  readonly from: readonly TwinsView[];
  /** As it is stored, before. */
  readonly status: readonly TwinsStatus[];
  readonly becomes: (memberId: string, now: Date) => TwinsChange;
  /** As this side sees it, afterwards. */
  readonly to: TwinsView;
}

/** What each answer needs, and makes of them. */
export const twinsSteps: { readonly [A in TwinsAnswer]: Step } = {
  end: {
    from: ['asked'],
    status: ['asked'],
    becomes: (endingId) => ({ status: 'half_said', endingId }),
    to: 'may_end',
  },
  stay: { from: ['may_end'], status: ['half_said'], becomes: () => ({ status: 'asked', endingId: null }), to: 'asked' },
  go_on: {
    from: ['may_go_on'],
    status: ['half_said'],
    becomes: (_, joiningSince) => ({ status: 'joined', joiningSince }),
    to: 'joined',
  },
  apart: {
    from: ['asked', 'may_end', 'may_go_on'],
    status: ['asked', 'half_said'],
    becomes: () => ({ status: 'apart', endingId: null }),
    to: 'apart',
  },
};

/** For so long the link of the letter can be used. */
export const twinsDays = 60;

/** Letters to one reader: whoever makes many records with a stranger's address does not fill their mailbox. */
export const twinsLetters = { most: 3, inDays: 30 } as const;

const dayMs = 86_400_000;

/** The same whichever of the two is named first: two records are asked about once. */
export function twinsId(one: string, other: string): string {
  return [one, other].sort().join(':');
}

/** The last instant at which the link of the letter can be used. */
export function twinsUntil({ foundAt }: Twins): Date {
  return new Date(foundAt.getTime() + twinsDays * dayMs);
}

/** @throws MentoringError not_found for anybody else */
export function twinOf({ memberIds }: Twins, memberId: string): string {
  const other = memberIds.find((id) => id !== memberId);
  if (!memberIds.includes(memberId) || other === undefined) throw new MentoringError('not_found');
  return other;
}

/**
 * Whether letters to somebody go to this own address, spelt as it is: one with a tag may be another mailbox, and is no proof.
 */
export function readsAddress(
  reader: Pick<Member, 'email' | 'addressProof'>,
  address: KeyedHash,
  hasher: { email(address: string): KeyedHash },
): boolean {
  const email = confirmedEmail(reader);
  return email !== '' && isWithoutTag(email) && hasher.email(email) === address;
}

/** How many letters may still go to somebody now. */
export function lettersLeft({ twinsTold = [] }: Pick<Member, 'twinsTold'>, now: Date): number {
  const since = now.getTime() - twinsLetters.inDays * dayMs;
  return Math.max(0, twinsLetters.most - twinsTold.filter((at) => at.getTime() > since).length);
}

/** other: the other record, if there still is one. */
export function viewOfTwins(
  twins: Twins,
  memberId: string,
  { now, other }: { readonly now: Date; readonly other: Pick<Member, 'status'> | undefined },
): TwinsView {
  const { status, endingId, joiningSince } = twins;
  if (status === 'apart') return status;
  if (status === 'joined') return joiningSince ? 'joining' : 'joined';
  if (!other || isOut(other)) return 'gone';
  if (now > twinsUntil(twins)) return 'over';
  if (status === 'asked') return 'asked';
  return endingId === memberId ? 'may_end' : 'may_go_on';
}
