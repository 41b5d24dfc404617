/** At most `slots` requests at a time, each a call of its own: for evaluators that run processes. */
import pLimit from 'p-limit';
import type { Evaluator } from '../evaluators/contract.ts';
import type { Queue } from './contract.ts';

/** Takes over the evaluator: closing the queue closes it. */
export function slotsQueue({
  evaluator,
  slots,
}: {
  readonly evaluator: Evaluator;
  readonly slots: number;
}): Queue {
  const limit = pLimit(slots);
  return {
    traits: { workers: slots },
    async measure(requests, signal) {
      const results = await Promise.all(
        requests.map((request) =>
          limit(async () => {
            signal.throwIfAborted();
            return evaluator.measure([request], signal);
          }),
        ),
      );
      return results.flat();
    },
    close: () => evaluator.close(),
  };
}
