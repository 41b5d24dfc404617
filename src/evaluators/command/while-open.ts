/** Requests that run until they are answered, or until the evaluator is closed. */
import type { Measured, MeasureRequest } from '../contract.ts';

export interface WhileOpen {
  measure(requests: readonly MeasureRequest[], signal: AbortSignal): Promise<readonly Measured[]>;
  /** Aborts what runs and waits for its end. */
  close(): Promise<void>;
}

/** @param rollout Answers one request; those of a call run one after the other. */
export function whileOpen(
  rollout: (request: MeasureRequest, signal: AbortSignal) => Promise<Measured>,
): WhileOpen {
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const each = async (
    requests: readonly MeasureRequest[],
    signal: AbortSignal,
  ): Promise<readonly Measured[]> => {
    const results: Measured[] = [];
    for (const request of requests) results.push(await rollout(request, signal));
    return results;
  };
  return {
    measure(requests, signal) {
      const work = each(requests, AbortSignal.any([signal, closing.signal]));
      running.add(work);
      const forget = (): boolean => running.delete(work);
      work.then(forget, forget);
      return work;
    },
    async close() {
      closing.abort(new Error('The evaluator was closed.'));
      await Promise.allSettled(running);
    },
  };
}
