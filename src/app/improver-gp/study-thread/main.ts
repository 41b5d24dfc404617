/** Entry of the thread of inner studies: loads the families once, answers requests in the order they come. */
import { parentPort, workerData } from 'node:worker_threads';
import { innerStudies, threadCpuMs } from '../inner-studies.ts';
import { loadPolicies } from '../policies.ts';
import type { FromStudies, ToStudies } from './messages.ts';

/** A thread is stopped by termination, never by a signal of its own. */
const NEVER = new AbortController().signal;

const post = (message: FromStudies): void => parentPort?.postMessage(message);

const { folder } = workerData as { readonly folder: string };
const runner = innerStudies({ policies: await loadPolicies(folder), cpuMs: threadCpuMs });
parentPort?.on('message', async ({ request }: ToStudies) => {
  try {
    post({ is: 'study', study: await runner.run(request, NEVER) });
  } catch (error) {
    post({ is: 'refused', message: error instanceof Error ? error.message : String(error) });
  }
});
post({ is: 'ready' });
