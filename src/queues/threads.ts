/**
 * A pool of worker threads, each with its own interpreter. The requests of one turn of the event loop,
 * whoever makes them, are gathered and shared out in few messages: a message costs more than a small
 * evaluation. A candidate that takes a thread down is found by repeating the lost work one request at
 * a time; everyone else's work is repeated unseen.
 */
import { PacelineError } from '../core/errors.ts';
import type { Measured, MeasureRequest } from '../evaluators/contract.ts';
import { FIRST, type Queue } from './contract.ts';
import {
  type Call,
  type Chunk,
  fail,
  fill,
  fillWith,
  type Job,
  takeChunk,
} from './threads/chunk.ts';
import type { InterpreterSpec } from './threads/messages.ts';
import { type Loss, Thread } from './threads/worker.ts';
import { enqueue } from './waiting.ts';

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

/**
 * Work in one message at most. A message costs some 0.05 ms, so this bounds its share; a longer chunk
 * would keep the next trials waiting for results that are there, and one worker idle at the end.
 */
const CHUNK_MS = 0.5;

/** Losses after which a single request is given up. */
const MAX_LOSSES = 2;

/** @throws PacelineError EVALUATOR_FAILED when a thread cannot build its interpreter. */
export async function threadQueue(options: ThreadQueueOptions): Promise<Queue> {
  const pool = new Pool(options);
  await pool.start();
  return {
    traits: { workers: options.workers },
    measure: (requests, signal, order) => pool.measure(requests, signal, order),
    close: () => pool.close(),
  };
}

class Pool {
  private readonly options: ThreadQueueOptions;
  private readonly threads: (Thread | undefined)[];
  private readonly waiting: Job[] = [];
  private readonly calls = new Set<Call>();
  private isClosed = false;
  private isDispatchDue = false;
  /** What a request took of late, in ms: 0 until one was measured. */
  private requestMs = 0;

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
    order = FIRST,
  ): Promise<readonly Measured[]> {
    signal.throwIfAborted();
    if (this.isClosed) throw new Error('The queue is closed.');
    if (requests.length === 0) return [];
    const { promise, resolve, reject } = withResolvers();
    const call: Call = { results: [], open: requests.length, isOver: false, resolve, reject };
    const onAbort = (): void => fail(call, signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.calls.add(call);
    requests.forEach((request, at) => {
      enqueue(this.waiting, { call, at, request, order, losses: 0 });
    });
    this.dispatchSoon();
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

  /** At the end of the turn: everything that is going to ask in this one has asked by then. */
  private dispatchSoon(): void {
    if (this.isDispatchDue) return;
    this.isDispatchDue = true;
    process.nextTick(() => {
      this.isDispatchDue = false;
      this.dispatch();
    });
  }

  /** The most urgent jobs, in equal shares, to the threads with the fewest, until each has its fill. */
  private dispatch(): void {
    while (this.waiting.length > 0 && !this.isClosed) {
      const at = this.leastBusy();
      const thread = this.threads[at] ?? this.createThread(at);
      if (thread.assigned.length >= DEPTH) return;
      this.threads[at] = thread;
      const chunk = takeChunk(this.waiting, this.chunkSize());
      if (chunk.length > 0) thread.assign(chunk);
    }
  }

  /** An equal share of what waits for each chunk the threads can still take, of at most `CHUNK_MS`. */
  private chunkSize(): number {
    const room = this.threads.reduce((sum, _, at) => sum + DEPTH - this.load(at), 0);
    const share = Math.ceil(this.waiting.length / room);
    return Math.max(1, Math.min(share, Math.floor(CHUNK_MS / this.requestMs)));
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
          const tookMs = results.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / results.length;
          this.requestMs += (tookMs - this.requestMs) / 4;
          this.dispatchSoon();
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
  private recover(loss: Loss, [suspects = [], ...others]: readonly Chunk[]): void {
    const again: Job[] = [];
    for (const job of suspects) {
      const losses = job.losses + 1;
      if (loss.why === 'unusable') fail(job.call, unusable(loss));
      else if (losses < MAX_LOSSES || suspects.length > 1) again.push({ ...job, losses });
      else fillWith(job, { outcome: loss.why, message: loss.message });
    }
    this.waiting.unshift(...again, ...others.flat());
    this.dispatchSoon();
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
