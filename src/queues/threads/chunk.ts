/** Requests on their way to a thread: those of many calls may share one message. */
import type { CaseResult, Measured, MeasureRequest } from '../../evaluators/contract.ts';
import type { Waiting } from '../waiting.ts';

/** One `measure` call: where its results come together. */
export interface Call {
  readonly results: (Measured | undefined)[];
  /** Requests without a result yet. */
  open: number;
  /** True once aborted or failed: late results are dropped, waiting jobs too. */
  isOver: boolean;
  readonly resolve: (results: readonly Measured[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** One request of a call. */
export interface Job extends Waiting {
  readonly call: Call;
  /** Its place in the call. */
  readonly at: number;
  readonly request: MeasureRequest;
  /** Threads lost while working on it. */
  readonly losses: number;
}

/** What goes to a thread as one message. */
export type Chunk = readonly Job[];

/**
 * Takes the first `most` jobs off `waiting`, without those that nobody waits for any more. A job
 * that may have taken a thread down goes alone.
 */
export function takeChunk(waiting: Job[], most: number): Chunk {
  const chunk: Job[] = [];
  for (let job = waiting[0]; job !== undefined && chunk.length < most; job = waiting[0]) {
    if (job.losses > 0 && chunk.length > 0) break;
    waiting.shift();
    if (job.call.isOver) continue;
    chunk.push(job);
    if (job.losses > 0) break;
  }
  return chunk;
}

export function fill(chunk: Chunk, results: readonly Measured[]): void {
  chunk.forEach(({ call, at }, i) => {
    const result = results[i];
    if (call.isOver || result === undefined) return;
    call.results[at] = result;
    call.open -= 1;
    if (call.open > 0) return;
    call.isOver = true;
    call.resolve(call.results.filter((one) => one !== undefined));
  });
}

/** The same outcome for every case of the request. */
export function fillWith(job: Job, result: CaseResult): void {
  fill([job], [{ cases: job.request.cases.map(() => result), cpuMs: 0 }]);
}

export function fail(call: Call, reason: unknown): void {
  if (call.isOver) return;
  call.isOver = true;
  call.reject(reason);
}
