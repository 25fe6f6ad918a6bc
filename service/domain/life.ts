// The life of a record as a table that can be read: what each state may become, and what keeps it from being forgotten.
import { MentoringError } from './errors.ts';
import type { Due } from './follow-up.ts';
import type { FollowUpSteps } from './usual-steps.ts';

/**
 * What a state waits for. timers: its own, the earliest of which is the record's `due`. with: another record, which has a
 * due of its own as long as this state lasts. instant: one that an act of a person set. nothing: the state is final.
 */
export type WaitsFor =
  | { readonly timers: readonly (keyof FollowUpSteps)[] }
  | { readonly with: 'proposal' | 'dialogue' }
  | { readonly instant: string }
  | 'nothing';

export interface State<S extends string> {
  readonly becomes: readonly S[];
  readonly waitsFor: WaitsFor;
}

export type Life<S extends string> = Readonly<Record<S, State<S>>>;

interface Standing<S extends string> {
  readonly status?: S;
  readonly due?: Due | null;
}

/** The states of a life in which records keep a due instant of their own. */
export function statesWithDue<S extends string>(life: Life<S>): S[] {
  return (Object.keys(life) as S[]).filter((state) => hasOwnDue(life[state]));
}

/** Whether records in this state keep a due instant of their own. */
export function hasOwnDue({ waitsFor }: Pick<State<string>, 'waitsFor'>): boolean {
  return waitsFor !== 'nothing' && !('with' in waitsFor);
}

/** @throws MentoringError illegal_transition when a new record would be forgotten */
export function checkNew<S extends string>(life: Life<S>, { status, due }: Standing<S>): void {
  if (status && hasOwnDue(life[status]) && !due) throw new MentoringError('illegal_transition');
}

/** @throws MentoringError illegal_transition when the table does not know the way, or the record would be forgotten */
export function checkChange<S extends string>(life: Life<S>, from: readonly S[], { status, due }: Standing<S>): void {
  const to = status;
  if (!to) return;
  const known = from.every((before) => before === to || life[before].becomes.includes(to));
  if (!known || (hasOwnDue(life[to]) && due === null)) throw new MentoringError('illegal_transition');
}
