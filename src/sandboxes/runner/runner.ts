/**
 * Starts runs, watches them and ends them; a driver says how each is confined. A group of its own for
 * each run, killed as a whole, a leash against orphans, and a watch on what all its processes use.
 */
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { PacelineError } from '../../core/errors.ts';
import {
  LIMIT_NAMES,
  type Limits,
  type Run,
  type RunEnd,
  type Sandbox,
  type SandboxTraits,
} from '../contract.ts';
import { childCpuMs } from './child-cpu.ts';
import { type Exit, endOf, refused, type Stopped } from './end.ts';
import { Gathered } from './gathered.ts';
import { Leash } from './leash.ts';
import { startFault } from './program.ts';
import { kill, killStrays } from './strays.mjs';
import { watchUsage } from './usage.ts';

/** What is started in place of a run's own program. */
export interface Confined {
  readonly argv: readonly string[];
  /** All of it; the mark is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** Read by what confines, on descriptors from 4 on; the program itself gets none of them. */
  readonly inputs?: readonly Uint8Array[];
  /** Called once nothing of the run is left. */
  release?(): void;
}

/** How a driver holds what it runs. */
export interface Confinement {
  readonly traits: SandboxTraits;
  confine(run: Run): Confined;
}

const GUARD = fileURLToPath(new URL('./leash.mjs', import.meta.url));

const EVIDENCE_BYTES = 8192;

/** How long pipes held open by a process that left the group are waited for after the kill. */
const PIPE_GRACE_MS = 500;

/** What holds one set of runs together; marks of runs are numbered below the prefix. */
interface Kennel {
  readonly confinement: Confinement;
  readonly leash: Leash;
  readonly prefix: string;
  started: number;
}

/** @param scope Names the owner, for example a study's work folder: nobody else may use it at the same time. */
export function runner(scope: string, confinement: Confinement): Sandbox {
  const prefix = prefixOf(scope);
  const { traits } = confinement;
  const leash = new Leash({ guard: GUARD, prefix });
  const kennel: Kennel = { confinement, leash, prefix, started: 0 };
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
  let confined: Confined | undefined;
  try {
    await kennel.leash.hold();
    confined = kennel.confinement.confine(run);
    child = start(run, confined, mark);
  } catch (error) {
    confined?.release?.();
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
  confined.release?.();
  if (exit.code !== undefined) return refused('refused', exit.code);
  return {
    ...endOf(exit, stopped, run.limits),
    answer: answer.text(),
    evidence: evidence.text(),
    cpuMs: childCpuMs() - cpuBefore,
  };
}

/** Descriptors of a child up to the answer channel: input, output, evidence, answer. */
const ANSWERS = 3;

function start(
  { cwd, answersOn }: Run,
  { argv, environment, inputs = [] }: Confined,
  mark: string,
): ChildProcess {
  const [file = '', ...args] = argv;
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  if (answersOn === ANSWERS) stdio.push('pipe');
  else if (inputs.length > 0) stdio.push('ignore');
  stdio.push(...inputs.map(() => 'pipe' as const));
  const env = { ...environment, PACELINE_RUN: mark };
  const child = spawn(file, args, { cwd, env, stdio, detached: true, shell: false });
  for (const [i, bytes] of inputs.entries()) feed(child.stdio[ANSWERS + 1 + i], bytes);
  return child;
}

/** It may end before it has read all of it. */
function feed(stream: unknown, bytes: Uint8Array): void {
  const writable = stream as Writable | null | undefined;
  writable?.on('error', () => undefined);
  writable?.end(bytes);
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
