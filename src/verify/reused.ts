/** Values a trial took over: how many and which follow from the trials settled before its horizon. */
import type { StoredEvent } from '../core/events.ts';
import { knownValues, learnValues } from '../core/known-values.ts';
import type { Complain, Evidence } from './evidence.ts';

type Settled = StoredEvent<'trial.settled'>;

export function checkReused(study: Evidence, event: Settled, complain: Complain): void {
  const { candidate, horizon, values, evals, reused = 0 } = event.body;
  const at = { candidate, horizon, epoch: epochOf(study, event) };
  const held = study.isReusing ? knownValues(study.known, at).slice(0, values.length) : [];
  if (reused !== held.length) {
    complain('decision', `Reused ${reused} values; ${held.length} were known when it was asked.`);
  }
  if (held.some((value, i) => value !== values[i])) {
    complain('decision', 'A value that was known when it was asked is recorded with another.');
  }
  if (reused > evals) complain('decision', 'Reused more values than it was charged for.');
}

export function learn(study: Evidence, event: Settled): void {
  study.reused += event.body.reused ?? 0;
  if (!study.isReusing) return;
  const { trial = -1, body } = event;
  study.known = learnValues(study.known, { trial, epoch: epochOf(study, event), body });
}

function epochOf({ opened }: Evidence, { trial = -1 }: Settled): number {
  return Math.floor(trial / opened.epochTrials);
}
