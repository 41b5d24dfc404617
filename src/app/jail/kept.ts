/** A study that was begun in a jail does not go on without one. */
import { PacelineError } from '../../core/errors.ts';
import type { JailLevel } from '../../sandboxes/contract.ts';
import { CONTAINED } from './choose.ts';

/** The level in the words of a ledger's first entry. */
export function levelIn(isolation: string): JailLevel | undefined {
  return /\bJ[0-4]\b/.exec(isolation)?.[0] as JailLevel | undefined;
}

/** @throws PacelineError ISOLATION where it was contained and would not be now. */
export function refuseLowerJail(id: string, was: string, now: string): void {
  const [before, after] = [levelIn(was) ?? 'J0', levelIn(now)];
  // A study whose candidates are numbers needs none.
  if (after === undefined || before < CONTAINED || after >= CONTAINED) return;
  throw new PacelineError(
    'ISOLATION',
    `${id} was begun in a jail of level ${before}, and here only ${after} can be had, which enforces nothing. Resume it where it was begun; paceline doctor says what is missing here.`,
    { id, before, after },
  );
}
