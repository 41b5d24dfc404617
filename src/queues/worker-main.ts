/** Entry of a worker thread: builds its own interpreter, answers chunks in the order they come. */
import { parentPort, workerData } from 'node:worker_threads';
import { interpretedEvaluator } from '../evaluators/interpreted.ts';
import type { FromThread, InterpreterSpec, ToThread } from './threads/messages.ts';
import { threadCpu } from './threads/thread-cpu.ts';

/** A thread is stopped by termination, never by a signal of its own. */
const NEVER = new AbortController().signal;

const post = (message: FromThread): void => parentPort?.postMessage(message);

try {
  const evaluator = await interpretedEvaluator({
    ...(workerData as InterpreterSpec),
    // oxlint-disable-next-line no-restricted-properties -- a thread cannot be handed a Clock
    nowMs: () => performance.now(),
  });
  const cpu = threadCpu();
  parentPort?.on('message', async ({ requests }: ToThread) => {
    const measured = await evaluator.measure(requests, NEVER);
    const share = cpu.shareAfter(measured.reduce((sum, { cpuMs }) => sum + cpuMs, 0));
    const results = measured.map((one) => ({ ...one, cpuMs: one.cpuMs * share }));
    post({ is: 'measured', results });
  });
  post({ is: 'ready' });
} catch (error) {
  post({ is: 'unusable', message: error instanceof Error ? error.message : String(error) });
}
