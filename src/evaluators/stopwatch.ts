/** Run times by our clock: an evaluator that starts a process for each request, looked at from outside. */
import type { Clock } from '../core/clock.ts';
import type { Evaluator, Stopwatch } from './contract.ts';

export interface StopwatchOptions {
  /** Starts a process for each request and holds it to one core; nobody else may measure there meanwhile. */
  readonly evaluator: Evaluator;
  readonly clock: Clock;
}

/** One run at a time; whoever shares it must not call twice at once. */
export function stopwatch({ evaluator, clock }: StopwatchOptions): Stopwatch {
  return {
    async run(request, signal) {
      const began = clock.monotonicMs();
      const [measured] = await evaluator.measure([request], signal);
      const wallMs = clock.monotonicMs() - began;
      if (measured === undefined) throw new Error('the evaluator returned no result');
      return { ...measured, wallMs };
    },
  };
}
