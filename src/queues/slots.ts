/** At most `slots` requests at a time, each a call of its own: for evaluators that run processes. */
import pLimit from 'p-limit';
import type { Evaluator, Measured, MeasureRequest } from '../evaluators/contract.ts';
import { FIRST, type Queue } from './contract.ts';
import { enqueue, type Waiting } from './waiting.ts';

interface Turn extends Waiting {
  readonly work: () => Promise<void>;
}

/** Takes over the evaluator: closing the queue closes it. */
export function slotsQueue({
  evaluator,
  slots,
}: {
  readonly evaluator: Evaluator;
  readonly slots: number;
}): Queue {
  const limit = pLimit(slots);
  const waiting: Turn[] = [];
  const one = (request: MeasureRequest, signal: AbortSignal, order: number) =>
    new Promise<readonly Measured[]>((resolve, reject) => {
      const work = async (): Promise<void> => {
        try {
          signal.throwIfAborted();
          resolve(await evaluator.measure([request], signal));
        } catch (error) {
          reject(error);
        }
      };
      enqueue(waiting, { order, work });
      // A slot that comes free takes the most urgent turn, whoever asked for the slot.
      void limit(async () => waiting.shift()?.work());
    });
  return {
    traits: { workers: slots },
    async measure(requests, signal, order = FIRST) {
      return (await Promise.all(requests.map((request) => one(request, signal, order)))).flat();
    },
    close: () => evaluator.close(),
  };
}
