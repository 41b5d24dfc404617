/** Entry of a worker thread: builds its own interpreter, answers chunks in the order they come. */
import { parentPort, workerData } from 'node:worker_threads';
import { interpretedEvaluator } from '../evaluators/interpreted.ts';
import type { FromThread, InterpreterSpec, ToThread } from './threads/messages.ts';

/** A thread is stopped by termination, never by a signal of its own. */
const NEVER = new AbortController().signal;

const post = (message: FromThread): void => parentPort?.postMessage(message);

try {
  const evaluator = await interpretedEvaluator({
    ...(workerData as InterpreterSpec),
    // oxlint-disable-next-line no-restricted-properties -- a thread cannot be handed a Clock
    nowMs: () => performance.now(),
  });
  parentPort?.on('message', async ({ requests }: ToThread) => {
    post({ is: 'measured', results: await evaluator.measure(requests, NEVER) });
  });
  post({ is: 'ready' });
} catch (error) {
  post({ is: 'unusable', message: error instanceof Error ? error.message : String(error) });
}
