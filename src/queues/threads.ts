/**
 * A pool of worker threads, each with its own interpreter. A candidate that takes a thread down is
 * found by repeating the lost work one request at a time; everyone else's work is repeated unseen.
 */
import { PacelineError } from '../core/errors.ts';
import type { Measured, MeasureRequest } from '../evaluators/contract.ts';
import type { Queue } from './contract.ts';
import { type Call, type Chunk, fail, fill, fillWith, split } from './threads/chunk.ts';
import type { InterpreterSpec } from './threads/messages.ts';
import { type Loss, Thread } from './threads/worker.ts';

export interface ThreadQueueOptions {
  /** Threads beside the calling one; at least 1. */
  readonly workers: number;
  readonly interpreter: InterpreterSpec;
  /** Limit of one chunk of work before its thread is ended. Default one minute. */
  readonly timeoutMs?: number;
}

/** Interpreting has no loops: only a broken scoring function comes near it. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** Chunks a thread holds at a time: it works on one while the answer to another is on its way. */
const DEPTH = 2;

/** Losses after which a single request is given up. */
const MAX_LOSSES = 2;

/** @throws PacelineError EVALUATOR_FAILED when a thread cannot build its interpreter. */
export async function threadQueue(options: ThreadQueueOptions): Promise<Queue> {
  const pool = new Pool(options);
  await pool.start();
  return {
    traits: { workers: options.workers },
    measure: (requests, signal) => pool.measure(requests, signal),
    close: () => pool.close(),
  };
}

class Pool {
  private readonly options: ThreadQueueOptions;
  private readonly threads: (Thread | undefined)[];
  private readonly waiting: Chunk[] = [];
  private readonly calls = new Set<Call>();
  private isClosed = false;

  constructor(options: ThreadQueueOptions) {
    this.options = options;
    this.threads = Array.from({ length: options.workers }, () => undefined);
  }

  async start(): Promise<void> {
    const ready = this.threads.map(
      (_, at) =>
        new Promise<void>((resolve, reject) => {
          this.threads[at] = this.createThread(at, { resolve, reject });
        }),
    );
    try {
      await Promise.all(ready);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async measure(
    requests: readonly MeasureRequest[],
    signal: AbortSignal,
  ): Promise<readonly Measured[]> {
    signal.throwIfAborted();
    if (this.isClosed) throw new Error('The queue is closed.');
    if (requests.length === 0) return [];
    const { promise, resolve, reject } = withResolvers();
    const call: Call = { results: [], open: requests.length, isOver: false, resolve, reject };
    const onAbort = (): void => fail(call, signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.calls.add(call);
    const whole: Chunk = { call, from: 0, requests, losses: 0 };
    this.waiting.push(...split(whole, this.options.workers * DEPTH));
    this.dispatch();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.calls.delete(call);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.waiting.length = 0;
    for (const call of this.calls) fail(call, new Error('The queue was closed.'));
    await Promise.all(this.threads.map((thread) => thread?.stop()));
  }

  /** Oldest chunk to the thread with the fewest, until every thread has its fill. */
  private dispatch(): void {
    while (this.waiting.length > 0 && !this.isClosed) {
      const at = this.leastBusy();
      const thread = this.threads[at] ?? this.createThread(at);
      if (thread.assigned.length >= DEPTH) return;
      this.threads[at] = thread;
      const chunk = this.waiting.shift();
      if (chunk !== undefined && !chunk.call.isOver) thread.assign(chunk);
    }
  }

  private leastBusy(): number {
    let best = 0;
    for (let at = 1; at < this.threads.length; at++) {
      if (this.load(at) < this.load(best)) best = at;
    }
    return best;
  }

  private load(at: number): number {
    return this.threads[at]?.assigned.length ?? 0;
  }

  private createThread(
    at: number,
    start?: { readonly resolve: () => void; readonly reject: (reason: unknown) => void },
  ): Thread {
    const { interpreter, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    return new Thread(
      { interpreter, timeoutMs },
      {
        onReady: () => start?.resolve(),
        onMeasured: (chunk, { results }) => {
          fill(chunk, results);
          this.dispatch();
        },
        onLost: (loss, chunks) => {
          this.threads[at] = undefined;
          start?.reject(unusable(loss));
          if (!this.isClosed) this.recover(loss, chunks);
        },
      },
    );
  }

  /** The oldest chunk is the one at work when the thread was lost; the others only waited. */
  private recover(loss: Loss, chunks: readonly Chunk[]): void {
    const [suspect, ...others] = chunks;
    this.waiting.unshift(...others);
    if (suspect !== undefined) {
      const repeated = { ...suspect, losses: suspect.losses + 1 };
      if (loss.why === 'unusable') fail(suspect.call, unusable(loss));
      else if (repeated.losses < MAX_LOSSES || suspect.requests.length > 1) {
        this.waiting.unshift(...split(repeated, suspect.requests.length));
      } else {
        fillWith(suspect, { outcome: loss.why, message: loss.message });
      }
    }
    this.dispatch();
  }
}

function unusable(loss: Loss): PacelineError {
  return new PacelineError(
    'EVALUATOR_FAILED',
    `A worker thread could not start its interpreter: ${loss.message}`,
    { reason: loss.message },
  );
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers(): {
  readonly promise: Promise<readonly Measured[]>;
  readonly resolve: Call['resolve'];
  readonly reject: Call['reject'];
} {
  let resolve: Call['resolve'] = () => undefined;
  let reject: Call['reject'] = () => undefined;
  const promise = new Promise<readonly Measured[]>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
