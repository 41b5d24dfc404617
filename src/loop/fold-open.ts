/** The one open trial, and how it ends. */
import { PacelineError } from '../core/errors.ts';
import { advance, type TrialEnd, type TrialInput } from '../core/trial-state.ts';
import type { OpenTrial, StudyState } from './state.ts';

export function openOf(state: StudyState): OpenTrial {
  if (state.open) return state.open;
  throw noSuchOpen();
}

export function noSuchOpen(): PacelineError {
  return new PacelineError(
    'ILLEGAL_TRANSITION',
    'The ledger confirms a trial that is not open. Run paceline verify.',
  );
}

export function endOpen(state: StudyState, input: TrialInput, end: TrialEnd): void {
  advance(openOf(state).phase, input);
  state.open = undefined;
  countEnd(state, end);
}

export function countEnd(state: StudyState, end: TrialEnd): void {
  state.ends[end] = (state.ends[end] ?? 0) + 1;
}
