/**
 * Workers by candidate: those of the last few stay warm, one more is started ahead for whoever comes
 * next. A worker goes after `recycleAfter` calls, or with the first that it did not answer.
 */
import type { CandidateId } from '../../core/candidate.ts';
import type { CandidateContent } from '../command/workspace.ts';
import type { Call, Solved, Worker, WorkerOptions } from './worker.ts';
import { startWorker } from './worker.ts';

export interface WorkersOptions extends WorkerOptions {
  readonly recycleAfter: number;
  /** Once so many were started none is started ahead any more. Absent: always one. */
  readonly mostAhead?: number | undefined;
}

/** The two sides of a pair. */
const KEPT = 2;

export interface Loaded {
  readonly id: CandidateId;
  readonly content: CandidateContent;
}

export interface Warm {
  readonly solved: Solved;
  /** How many calls the worker had before. */
  readonly callsBefore: number;
}

interface Kept {
  readonly worker: Worker;
  calls: number;
}

export class Workers {
  private readonly options: WorkersOptions;
  private readonly closing = new AbortController();
  private readonly ending = new Set<Promise<void>>();
  private readonly idle = new Map<CandidateId, Kept>();
  private spare: Promise<Worker> | undefined;
  private started = 0;

  constructor(options: WorkersOptions) {
    this.options = options;
  }

  /** What the candidate's worker makes of it. @throws the file system's own error. */
  async warm(of: Loaded, call: Call, signal: AbortSignal): Promise<Warm> {
    // Of this call alone: a second one at the same time gets another worker.
    const idle = this.idle.get(of.id);
    this.idle.delete(of.id);
    const kept = idle ?? { worker: await this.loaded(of), calls: 0 };
    const callsBefore = kept.calls++;
    const solved = await this.solved(kept.worker, call, signal);
    if ('outputs' in solved && kept.calls < this.options.recycleAfter) this.keep(of.id, kept);
    else this.end(kept.worker);
    return { solved, callsBefore };
  }

  /** What a process makes of it that had no call before and gets none after. */
  async cold(of: Loaded, call: Call, signal: AbortSignal): Promise<Solved> {
    const worker = await this.loaded(of);
    const solved = await this.solved(worker, call, signal);
    this.end(worker);
    return solved;
  }

  /** Ends what stays warm of a candidate: it was found to carry something on. */
  forget(id: CandidateId): void {
    const kept = this.idle.get(id);
    this.idle.delete(id);
    if (kept !== undefined) this.end(kept.worker);
  }

  async close(): Promise<void> {
    this.closing.abort(new Error('The evaluator was closed.'));
    const spare = await this.spare?.catch(() => undefined);
    if (spare !== undefined) this.end(spare);
    for (const { worker } of this.idle.values()) this.end(worker);
    await Promise.allSettled(this.ending);
  }

  /** What could not be asked is over, too. */
  private async solved(worker: Worker, call: Call, signal: AbortSignal): Promise<Solved> {
    try {
      return await until(signal, worker, call);
    } catch (error) {
      this.end(worker);
      throw error;
    }
  }

  private keep(id: CandidateId, kept: Kept): void {
    const other = this.idle.get(id);
    if (other !== undefined) this.end(other.worker);
    // Insertion order is age: what was used last goes last.
    this.idle.delete(id);
    this.idle.set(id, kept);
    const [oldest] = this.idle;
    if (this.idle.size <= KEPT || oldest === undefined) return;
    this.idle.delete(oldest[0]);
    this.end(oldest[1].worker);
  }

  private async loaded({ content }: Loaded): Promise<Worker> {
    const taken = this.spare ?? this.start();
    const { mostAhead = Number.POSITIVE_INFINITY } = this.options;
    this.spare = this.started < mostAhead ? this.start() : undefined;
    const worker = await taken;
    try {
      await worker.load(content);
      return worker;
    } catch (error) {
      this.end(worker);
      throw error;
    }
  }

  private start(): Promise<Worker> {
    this.started += 1;
    const started = startWorker(this.options, this.closing.signal);
    started.catch(() => undefined); // Whoever takes it gets the error.
    return started;
  }

  private end(worker: Worker): void {
    const ended = worker.close().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }
}

/** An abort ends the worker in the middle of its answer. */
async function until(signal: AbortSignal, worker: Worker, call: Call): Promise<Solved> {
  const stop = (): void => void worker.close();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return worker.solve(call).finally(() => signal.removeEventListener('abort', stop));
}
