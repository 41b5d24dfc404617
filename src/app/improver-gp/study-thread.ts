/**
 * Inner studies in threads of their own: one that hangs, in a family's own code where no budget is looked at,
 * is ended with its thread, and is an outcome like any other.
 */
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { PacelineError } from '../../core/errors.ts';
import type { InnerStudy, InnerStudyRequest, StudyRunner } from '../../tasks/contract.ts';
import { trainingNames } from './policies.ts';
import type { FromStudies, ToStudies } from './study-thread/messages.ts';

export interface ThreadStudiesOptions {
  /** Of the families (policies.ts). */
  readonly folder: string;
  /** Wall time after which a study is ended, ms. */
  readonly limitMs: number;
  /** Studies at a time, each in a thread that starts when it is first needed. Default 1. */
  readonly threads?: number;
}

/** A thread is up in less than a second; a family that takes a minute to build its instances is stuck. */
const START_LIMIT_MS = 60_000;

/**
 * Of one thread, MB: the thirteen training families of examples/meta/policies peaked at 37, 2,000 steps each. Without
 * it a family that hoards takes gigabytes until its time is over. Typed arrays lie outside the heap and are not counted.
 */
const HEAP_MB = 512;

/** From source a thread first has to learn TypeScript. */
function entry(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './study-thread/main-dev.mjs' : './study-thread.js', import.meta.url);
}

/** @throws PacelineError CONFIG_INVALID where the folder has no usable families. */
export async function threadStudies(options: ThreadStudiesOptions): Promise<StudyRunner> {
  const tasks = await trainingNames(options.folder);
  const { threads = 1 } = options;
  const limit = pLimit(threads);
  const idle: StudyThread[] = [];
  const all = new Set<StudyThread>();
  const open = (): StudyThread => {
    const thread = new StudyThread(options);
    all.add(thread);
    return thread;
  };
  return {
    tasks,
    run: (request, signal) =>
      limit(async () => {
        signal.throwIfAborted();
        const thread = usable(idle) ?? open();
        try {
          return await thread.run(request, signal);
        } finally {
          if (thread.isLost) all.delete(thread);
          else idle.push(thread);
        }
      }),
    async close() {
      await Promise.all([...all].map((thread) => thread.stop()));
    },
  };
}

/** One that ended while nobody asked it anything would never answer. */
function usable(idle: StudyThread[]): StudyThread | undefined {
  let thread = idle.pop();
  while (thread?.isLost) thread = idle.pop();
  return thread;
}

class StudyThread {
  isLost = false;
  private readonly worker: Worker;
  private readonly limitMs: number;
  private readonly ready: Promise<string | undefined>;
  private settle: ((study: InnerStudy) => void) | undefined;
  private refuse: ((error: Error) => void) | undefined;

  constructor({ folder, limitMs }: ThreadStudiesOptions) {
    this.limitMs = limitMs;
    this.worker = new Worker(entry(), {
      workerData: { folder },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    this.ready = this.started();
    this.worker.on('error', ({ message }) => this.lose({ outcome: 'crashed', message }));
    this.worker.on('exit', (code) =>
      this.lose({ outcome: 'crashed', message: `Its thread ended with exit code ${code}.` }),
    );
  }

  async run(request: InnerStudyRequest, signal: AbortSignal): Promise<InnerStudy> {
    const onAbort = (): void => {
      this.refuse?.(signal.reason);
      void this.stop();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const unusable = await this.ready;
      signal.throwIfAborted();
      if (unusable !== undefined) return { outcome: 'infra-error', message: unusable };
      return await this.answer(request);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  private async answer(request: InnerStudyRequest): Promise<InnerStudy> {
    const timer = setTimeout(
      () => this.lose({ outcome: 'timeout', message: hung(request, this.limitMs) }),
      this.limitMs,
    );
    try {
      return await new Promise<InnerStudy>((resolve, reject) => {
        this.settle = resolve;
        this.refuse = reject;
        this.worker.postMessage({ request } satisfies ToStudies);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.isLost = true;
    await this.worker.terminate();
  }

  /** Why it cannot be used, if so. */
  private started(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(`The thread of inner studies was not ready after ${START_LIMIT_MS} ms.`);
        void this.stop();
      }, START_LIMIT_MS);
      const begin = (problem?: string): void => {
        clearTimeout(timer);
        resolve(problem);
      };
      this.worker.once('error', ({ message }) => begin(message));
      this.worker.once('exit', (code) => begin(`Its thread ended with exit code ${code}.`));
      this.worker.on('message', (message: FromStudies) => {
        if (message.is === 'ready') begin();
        else if (message.is === 'study') this.settle?.(message.study);
        else this.refuse?.(new PacelineError('USAGE', message.message));
      });
    });
  }

  private lose(study: InnerStudy): void {
    this.isLost = true;
    void this.worker.terminate();
    this.settle?.(study);
  }
}

function hung({ task, seedKey }: InnerStudyRequest, limitMs: number): string {
  return `The inner study of ${task} (seed ${seedKey}) was still running after ${limitMs} ms and was ended with its thread. Correct what loops in the family ${task}, or raise evaluator.timeout.`;
}
