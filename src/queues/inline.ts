/** One worker, the calling thread: the fastest place for evaluations of a few microseconds. */
import type { Evaluator } from '../evaluators/contract.ts';
import type { Queue } from './contract.ts';

/** Takes over the evaluator: closing the queue closes it. */
export function inlineQueue(evaluator: Evaluator): Queue {
  return {
    traits: { workers: 1 },
    measure: (requests, signal) => evaluator.measure(requests, signal),
    close: () => evaluator.close(),
  };
}
