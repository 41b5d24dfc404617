/**
 * Plain processes: a group of its own for each run, killed as a whole. A leash against orphans and
 * the caps of prlimit, but no jail: what runs here can read and write whatever we can.
 */
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { PacelineError } from '../core/errors.ts';
import {
  type Enforcement,
  LIMIT_NAMES,
  type Limits,
  type Run,
  type RunEnd,
  type Sandbox,
  type SandboxTraits,
} from './contract.ts';
import { capped, capsMissing } from './process/caps.ts';
import { childCpuMs } from './process/child-cpu.ts';
import { type Exit, endOf, refused, type Stopped } from './process/end.ts';
import { Gathered } from './process/gathered.ts';
import { Leash } from './process/leash.ts';
import { type OneCore, oneCore } from './process/one-core.ts';
import { startFault } from './process/program.ts';
import { kill, killStrays } from './process/strays.mjs';
import { watchUsage } from './process/usage.ts';

export interface ProcessSandboxOptions {
  /** Names the owner, for example a study's work folder: nobody else may use it at the same time. */
  readonly scope: string;
}

const GUARD = fileURLToPath(new URL('./process/leash.mjs', import.meta.url));

const EVIDENCE_BYTES = 8192;

/** How long pipes held open by a process that left the group are waited for after the kill. */
const PIPE_GRACE_MS = 500;

/** What holds one set of runs together; marks of runs are numbered below the prefix. */
interface Kennel {
  readonly leash: Leash;
  readonly prefix: string;
  readonly hasCaps: boolean;
  /** Before a program that is held to one core; none where that cannot be had. */
  readonly pin: readonly string[];
  started: number;
}

export function processSandbox({ scope }: ProcessSandboxOptions): Sandbox {
  const prefix = prefixOf(scope);
  const missing = capsMissing(PROBED);
  const core = oneCore();
  const traits = traitsOf(missing, core);
  const pin = 'words' in core ? core.words : [];
  const leash = new Leash({ guard: GUARD, prefix });
  const kennel: Kennel = { leash, prefix, hasCaps: missing === undefined, pin, started: 0 };
  const check = (limits: Limits): void => refuseUnenforced(traits, limits);
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();
  return {
    traits,
    check,
    async run(run, signal) {
      check(run.limits);
      const work = runProcess(kennel, run, AbortSignal.any([signal, closing.signal]));
      running.add(work);
      return work.finally(() => running.delete(work));
    },
    async close() {
      closing.abort(new Error('The sandbox was closed.'));
      await Promise.allSettled(running);
      await kennel.leash.close();
    },
  };
}

/** Ends what the runs of a scope left behind when their engine was killed together with its leash. */
export function endStrays(scope: string): void {
  killStrays(prefixOf(scope));
}

function prefixOf(scope: string): string {
  return `${resolve(scope)}/`;
}

/** Whoever can set these can set any. */
const PROBED: Limits = { wallMs: 1, outputBytes: 1, cpuMs: 1, memoryBytes: 1, fileBytes: 1 };

function traitsOf(missing: string | undefined, core: OneCore): SandboxTraits {
  const byCaps = (how: string): Enforcement =>
    missing === undefined ? { how } : { unenforced: missing };
  return {
    level: 'J0',
    isolation: 'J0: runs with your rights, and the candidate with it; no jail',
    enforces: {
      wallMs: { how: 'the process group is killed' },
      outputBytes: { how: 'the process group is killed' },
      cpuMs: byCaps('all processes of a run together, looked at 20 times a second'),
      memoryBytes: byCaps('all processes of a run together, looked at 20 times a second'),
      fileBytes: byCaps('each file, by the kernel; how many files is not limited'),
      processes: { unenforced: 'the kernel counts all processes of your account together' },
    },
    oneCore: 'core' in core ? { how: `pinned to core ${core.core}` } : { unenforced: core.missing },
  };
}

function refuseUnenforced({ enforces }: SandboxTraits, limits: Limits): void {
  for (const limit of Object.keys(enforces) as (keyof Limits)[]) {
    const enforcement = enforces[limit];
    if (limits[limit] === undefined || 'how' in enforcement) continue;
    throw new PacelineError(
      'CONFIG_INVALID',
      `The limit ${LIMIT_NAMES[limit]} cannot be enforced here: ${enforcement.unenforced}. Leave it out, or make it enforceable (paceline doctor says how each limit stands).`,
      { limit: LIMIT_NAMES[limit], why: enforcement.unenforced },
    );
  }
}

async function runProcess(kennel: Kennel, run: Run, signal: AbortSignal): Promise<RunEnd> {
  if (signal.aborted) return refused('aborted');
  const fault = startFault(run.argv[0] ?? '', run.cwd);
  if (fault !== undefined) return refused('refused', fault);
  const mark = `${kennel.prefix}${kennel.started++}`;
  const cpuBefore = childCpuMs();
  let child: ChildProcess;
  try {
    await kennel.leash.hold();
    child = start(prefixed(kennel, run), mark);
  } catch (error) {
    return refused('refused', (error as NodeJS.ErrnoException).code ?? 'UNKNOWN');
  }
  const answer = new Gathered(run.limits.outputBytes);
  const evidence = new Gathered(EVIDENCE_BYTES);
  if (child.pid !== undefined) kennel.leash.add(child.pid);
  let stopped: Stopped | undefined;
  const stop = (why: Stopped): void => {
    stopped ??= why;
    killGroup(child);
  };
  const release = stopAt(run.limits, { child, signal, stop });
  listen(child.stdio[run.answersOn], (chunk) => answer.addOr(chunk, () => stop('overflow')));
  if (run.answersOn !== 1) listen(child.stdio[1], (chunk) => evidence.keepLast(chunk));
  listen(child.stdio[2], (chunk) => evidence.keepLast(chunk));
  const exit = await ending(child, mark);
  release();
  if (child.pid !== undefined) kennel.leash.release(child.pid);
  if (exit.code !== undefined) return refused('refused', exit.code);
  return {
    ...endOf(exit, stopped, run.limits),
    answer: answer.text(),
    evidence: evidence.text(),
    cpuMs: childCpuMs() - cpuBefore,
  };
}

/** Under its caps and on its core, as far as there are any. */
function prefixed({ hasCaps, pin }: Kennel, run: Run): Run {
  const caps = hasCaps ? capped(run.limits) : [];
  return { ...run, argv: [...caps, ...(run.oneCore ? pin : []), ...run.argv] };
}

function start({ argv, cwd, environment, answersOn }: Run, mark: string): ChildProcess {
  const [file = '', ...args] = argv;
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  if (answersOn === 3) stdio.push('pipe');
  const env = { PATH: process.env.PATH ?? '', PACELINE_RUN: mark, ...environment };
  return spawn(file, args, { cwd, env, stdio, detached: true, shell: false });
}

interface Watched {
  readonly child: ChildProcess;
  readonly signal: AbortSignal;
  readonly stop: (why: Stopped) => void;
}

/** Stops the child at its limits or at an abort, until released. */
function stopAt(limits: Limits, { child, signal, stop }: Watched): () => void {
  const onAbort = (): void => stop('aborted');
  const timer = setTimeout(() => stop('timeout'), limits.wallMs);
  signal.addEventListener('abort', onAbort, { once: true });
  const unwatch = child.pid === undefined ? () => undefined : watchUsage(child.pid, limits, stop);
  return () => {
    clearTimeout(timer);
    unwatch();
    signal.removeEventListener('abort', onAbort);
  };
}

/** Its exit, after which nothing of its group is left and its pipes are read to their end. */
async function ending(child: ChildProcess, mark: string): Promise<Exit> {
  const closed = once(child, 'close').catch(() => undefined);
  const exit = await new Promise<Exit>((done) => {
    child.once('exit', (exitCode, signal) => done({ exitCode, signal }));
    child.once('error', (error: NodeJS.ErrnoException) =>
      done({ exitCode: null, signal: null, code: error.code ?? 'UNKNOWN' }),
    );
  });
  if (exit.code !== undefined) return exit;
  killGroup(child);
  killStrays(`${mark}\0`);
  const grace = setTimeout(() => {
    for (const stream of child.stdio) stream?.destroy();
  }, PIPE_GRACE_MS);
  await closed;
  clearTimeout(grace);
  return exit;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) kill(-pid);
}

function listen(stream: unknown, onData: (chunk: Buffer) => void): void {
  const readable = stream as Readable | null | undefined;
  readable?.on('data', onData);
  readable?.on('error', () => undefined);
}
