/**
 * Asks a person before the result is known (mission.md, the apprentice's ladder). It learns nothing and chooses
 * nothing; whoever does not answer in time has made no forecast.
 */
import type { Forecast, Foreseeable, Taste } from './contract.ts';

export interface Answer {
  /** Who says so, as they name themselves. */
  readonly by: string;
  /** 0 to 1 (included). */
  readonly chance: number;
  /** Gain expected, in the metric's unit, positive is better. */
  readonly effect?: number;
}

/** How people are reached. */
export interface Panel {
  /** Undefined where nobody answered in time. @throws the signal's reason where that ends the wait. */
  ask(
    question: { readonly trial: number; readonly draft: Foreseeable },
    signal: AbortSignal,
  ): Promise<Answer | undefined>;
}

export function personTaste(panel: Panel): Taste<null> {
  return {
    name: 'person',
    traits: { repeatable: false },
    init: () => null,
    predict: (_state, { trial, drafts, signal }) =>
      Promise.all(
        drafts.map(async (draft): Promise<Forecast | undefined> => {
          const answer = await panel.ask({ trial, draft }, signal);
          return answer && { ...answer, rank: answer.chance };
        }),
      ),
    tell: (state) => state,
  };
}
