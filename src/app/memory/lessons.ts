/** Which proposer and operator of a search paid, per evaluation. */
import type { EventBody } from '../../core/events.ts';
import { wilson } from '../../stats/wilson.ts';
import type { Lesson } from './record.ts';

export interface Counts {
  readonly proposer: string;
  readonly operator: string;
  trials: number;
  evals: number;
  promoted: number;
  gain: number;
}

/** By a pair of names that may hold any character. */
export type Payers = Map<string, Counts>;

export function countTrial(payers: Payers, body: EventBody['trial.settled']): Counts {
  const { proposer, operator, evals } = body;
  const key = JSON.stringify([proposer, operator]);
  const counts = payers.get(key) ?? {
    proposer,
    operator,
    trials: 0,
    evals: 0,
    promoted: 0,
    gain: 0,
  };
  counts.trials += 1;
  counts.evals += evals;
  payers.set(key, counts);
  return counts;
}

const PER = 1000;

/** What gained most per evaluation first; evaluations are those of trials, confirms come on top. */
export function lessonsFrom(payers: Payers): readonly Lesson[] {
  return [...payers.values()]
    .map((counts) => ({
      ...counts,
      rate: wilson(counts.promoted, counts.trials),
      gainPer1000Evals: counts.evals > 0 ? (PER * counts.gain) / counts.evals : 0,
    }))
    .sort((a, b) => b.gainPer1000Evals - a.gainPer1000Evals || b.trials - a.trials);
}
