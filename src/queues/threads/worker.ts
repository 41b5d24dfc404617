/** One thread and the chunks it was given, oldest first. */
import { Worker } from 'node:worker_threads';
import type { Chunk } from './chunk.ts';
import type { FromThread, InterpreterSpec, ToThread } from './messages.ts';

/** Why a thread is gone. */
export interface Loss {
  readonly why: 'crashed' | 'timeout' | 'unusable';
  readonly message: string;
}

export interface ThreadEvents {
  readonly onReady: () => void;
  readonly onMeasured: (chunk: Chunk, message: FromThread & { readonly is: 'measured' }) => void;
  /** Called once; the thread has ended, `chunks` (oldest first) are unanswered. */
  readonly onLost: (loss: Loss, chunks: readonly Chunk[]) => void;
}

export interface ThreadOptions {
  readonly interpreter: InterpreterSpec;
  readonly timeoutMs: number;
}

/** A thread is up in 0.1–0.4 s; a module that takes a minute to import is stuck. */
const START_LIMIT_MS = 60_000;

/**
 * From source a thread first has to learn TypeScript; the built package has the entry beside every
 * other file, as plain JavaScript.
 */
function entry(): URL {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const file = extension === '.ts' ? '../worker-dev.mjs' : `./worker-main${extension}`;
  return new URL(file, import.meta.url);
}

export class Thread {
  readonly assigned: Chunk[] = [];
  private readonly worker: Worker;
  private readonly options: ThreadOptions;
  private readonly events: ThreadEvents;
  private timer: NodeJS.Timeout | undefined;
  private loss: Loss | undefined;
  private isReady = false;
  private isStopped = false;

  constructor(options: ThreadOptions, events: ThreadEvents) {
    this.options = options;
    this.events = events;
    this.worker = new Worker(entry(), { workerData: options.interpreter, execArgv: [] });
    this.startTimer();
    this.worker.on('message', (message: FromThread) => this.receive(message));
    this.worker.on('error', (error) => this.blame('crashed', error.message));
    this.worker.on('exit', (code) => this.ended(code));
  }

  assign(chunk: Chunk): void {
    this.assigned.push(chunk);
    const message: ToThread = { requests: chunk.map(({ request }) => request) };
    this.worker.postMessage(message);
    if (this.isReady && this.assigned.length === 1) this.startTimer();
  }

  /** Ends the thread without calling `onLost`. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.worker.terminate();
  }

  private receive(message: FromThread): void {
    if (message.is === 'unusable') {
      this.blame('unusable', message.message);
      return;
    }
    const chunk = message.is === 'ready' ? undefined : this.assigned.shift();
    clearTimeout(this.timer);
    this.isReady = true;
    if (this.assigned.length > 0) this.startTimer();
    if (message.is === 'ready') this.events.onReady();
    else if (chunk !== undefined) this.events.onMeasured(chunk, message);
  }

  /**
   * Bounds the start first, then each chunk from when it becomes the oldest: the ones behind it are
   * waiting, not slow.
   */
  private startTimer(): void {
    const [why, limitMs] = this.isReady
      ? (['timeout', this.options.timeoutMs] as const)
      : (['unusable', START_LIMIT_MS] as const);
    this.timer = setTimeout(
      () => this.blame(why, `Still running after ${limitMs} ms; the thread was ended.`),
      limitMs,
    );
  }

  private blame(why: Loss['why'], message: string): void {
    this.loss ??= { why, message };
    void this.worker.terminate();
  }

  private ended(code: number): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    this.isStopped = true;
    const message = `A worker thread ended with exit code ${code}.`;
    this.events.onLost(this.loss ?? { why: 'crashed', message }, this.assigned);
  }
}
