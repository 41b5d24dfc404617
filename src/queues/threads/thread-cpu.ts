/** CPU time of one thread: a busy machine takes longer over a measurement, which costs no more for that. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Its first number is the time on a processor, ns (proc(5)); the kernel brings it up to date at each of its ticks. */
const SCHEDSTAT = '/proc/thread-self/schedstat';
const NS_PER_MS = 1e6;
/** Below so many ms a tick says too little. */
const LEAST_MS = 100;

export interface ThreadCpu {
  /** Share of all time that was spent measuring so far, `spentMs` included, for which the thread had a processor: 0 to 1. */
  shareAfter(spentMs: number): number;
  close(): void;
}

/** Of the calling thread, from now on. Where the kernel does not tell, all time counts. */
export function threadCpu(): ThreadCpu {
  const file = opened();
  if (file === undefined) return { shareAfter: () => 1, close: () => undefined };
  const bytes = Buffer.alloc(64);
  const cpuMs = (): number =>
    Number.parseInt(bytes.toString('latin1', 0, readSync(file, bytes, 0, 64, 0)), 10) / NS_PER_MS;
  const beganMs = cpuMs();
  let wallMs = 0;
  return {
    shareAfter(spentMs) {
      wallMs += spentMs;
      return wallMs < LEAST_MS ? 1 : Math.min(1, (cpuMs() - beganMs) / wallMs);
    },
    close: () => closeSync(file),
  };
}

function opened(): number | undefined {
  try {
    return openSync(SCHEDSTAT, 'r');
  } catch {
    return undefined;
  }
}
