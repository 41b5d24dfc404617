/** The recursion experiment over seeds: each in a process of its own, a few at a time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { PacelineError } from '../../core/errors.ts';
import type { LineName, Reading, SeedRun } from '../../improver/recursion/readings.ts';
import type { FromSeed } from './messages.ts';
import type { SeedRequest } from './run-seed.ts';

export interface RecursionRequest extends Omit<SeedRequest, 'seed'> {
  readonly seeds: readonly number[];
  /** Processes at a time. */
  readonly workers: number;
  readonly onReading?: (seed: number, line: LineName, reading: Reading) => void;
  readonly onSeed?: (run: SeedRun) => void;
}

/** In the order of the seeds. @throws PacelineError INFRASTRUCTURE when a process ends without a result. */
export async function runRecursion(
  { seeds, workers, onReading, onSeed, ...same }: RecursionRequest,
  signal: AbortSignal,
): Promise<readonly SeedRun[]> {
  const abort = new AbortController();
  const either = AbortSignal.any([signal, abort.signal]);
  const limit = pLimit(workers);
  const one = async (seed: number): Promise<SeedRun> => {
    either.throwIfAborted();
    const run = await inProcess({ ...same, seed }, { signal: either, onReading });
    onSeed?.(run);
    return run;
  };
  const runs = seeds.map((seed) => limit(() => one(seed)));
  for (const run of runs) run.catch((error) => abort.abort(error));
  await Promise.allSettled(runs);
  return await Promise.all(runs);
}

interface Watching {
  readonly signal: AbortSignal;
  readonly onReading: RecursionRequest['onReading'] | undefined;
}

/** What it needs to find programs and its language, and nothing of the user's. */
const HANDED_ON = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'];

async function inProcess(request: SeedRequest, { signal, onReading }: Watching): Promise<SeedRun> {
  const child = started();
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<SeedRun>((resolve, reject) => {
      child.on('message', (message) => {
        const said = message as FromSeed;
        if (said.is === 'reading') onReading?.(request.seed, said.line, said.reading);
        else if (said.is === 'done') resolve(said.run);
        else reject(lost(request, said.message));
      });
      child.on('error', (error) => reject(lost(request, error.message)));
      child.on('exit', (code, by) =>
        reject(signal.reason ?? lost(request, `it ended with ${by ?? code}`)),
      );
      child.send(request, (error) => error && reject(lost(request, error.message)));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function started(): ChildProcess {
  const env = Object.fromEntries(
    HANDED_ON.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return spawn(process.execPath, ['--no-warnings', entry()], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function entry(): string {
  const here = fileURLToPath(import.meta.url);
  const extension = extname(here);
  if (extension === '.ts') return join(here, '../main-dev.mjs');
  return join(here, `../recursion-main${extension}`);
}

function lost({ seed }: SeedRequest, why: string): PacelineError {
  return new PacelineError(
    'INFRASTRUCTURE',
    `The process of seed ${seed} gave no result: ${why}. Run it again; with too little memory, with fewer workers.`,
    { seed, why },
  );
}
