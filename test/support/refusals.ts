// A refusal is a code of the closed list, nothing else.
import { expect } from 'chai';
import { MentoringError, type MentoringErrorCode } from '../../service/domain/errors.ts';

/** Waits for a promise that must be refused with this code. */
export async function refusedWith(code: MentoringErrorCode, deed: Promise<unknown>): Promise<void> {
  const outcome = await deed.then(
    () => 'nothing was refused',
    (error: unknown) => error,
  );
  if (!(outcome instanceof MentoringError)) throw new Error(`expected ${code}`, { cause: outcome });
  expect(outcome.code).to.equal(code);
}
