/**
 * Starts runs, watches them and ends them; a driver says how each is confined. A group of its own for
 * each run, killed as a whole, a leash against orphans, and a watch on what all its processes use.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { resolve } from 'node:path';
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
import type { Group } from '../jail/cgroup.ts';
import { childCpuMs } from './child-cpu.ts';
import type { Confined, Confinement } from './confined.ts';
import { watchDisk, watchOwnDisks } from './disk.ts';
import { type Exit, endOf, refused, type Stopped } from './end.ts';
import { Gathered } from './gathered.ts';
import { Leash } from './leash.ts';
import { coreEnforcement, oneCore } from './one-core.ts';
import { startFault } from './program.ts';
import { listen, type Started, start } from './start.ts';
import { kill, killStrays } from './strays.mjs';
import { LOOK_EVERY_MS, watchUsage } from './usage.ts';

const GUARD = fileURLToPath(new URL('./leash.mjs', import.meta.url));

const EVIDENCE_BYTES = 8192;

/** The code where the jail could not be made; `evidence` says why. */
const NO_JAIL = 'EJAIL';

/** How long pipes held open by a process that left the group are waited for after the kill. */
const PIPE_GRACE_MS = 500;

/** What holds one set of runs together; marks of runs are numbered below the prefix. */
interface Kennel {
  readonly confinement: Confinement;
  /** Before what is held to one core; none where that cannot be had. */
  readonly pin: readonly string[];
  readonly leash: Leash;
  readonly prefix: string;
  started: number;
}

/** @param scope Names the owner, for example a study's work folder: nobody else may use it at the same time. */
export function runner(scope: string, confinement: Confinement): Sandbox {
  const prefix = prefixOf(scope);
  const core = oneCore();
  const traits = { ...confinement.traits, oneCore: coreEnforcement(core) };
  const pin = 'words' in core ? core.words : [];
  const leash = new Leash({ guard: GUARD, prefix });
  const kennel: Kennel = { confinement, pin, leash, prefix, started: 0 };
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
  let started: Started;
  let confined: Confined | undefined;
  try {
    await kennel.leash.hold();
    confined = kennel.confinement.confine(run);
    const argv = [...(run.oneCore ? kennel.pin : []), ...confined.argv];
    started = start(run, { ...confined, argv }, mark);
  } catch (error) {
    await confined?.group?.remove();
    if (PacelineError.is(error)) throw error;
    return refused('refused', (error as NodeJS.ErrnoException).code ?? 'UNKNOWN');
  }
  const { child, hasBegun, first } = started;
  const answer = new Gathered(run.limits.outputBytes);
  const evidence = new Gathered(EVIDENCE_BYTES);
  if (child.pid !== undefined) kennel.leash.add(child.pid);
  let stopped: Stopped | undefined;
  const stop = (why: Stopped): void => {
    stopped ??= why;
    killGroup(child);
  };
  const { group, isIndirect = false, limits = run.limits, ownDisks } = confined;
  const watched = { child, signal, stop, group, isIndirect, ownDisks, first };
  const release = stopAt({ ...run, limits }, watched);
  listen(child.stdio[run.answersOn], (chunk) => answer.addOr(chunk, () => stop('overflow')));
  if (run.answersOn !== 1) listen(child.stdio[1], (chunk) => evidence.keepLast(chunk));
  listen(child.stdio[2], (chunk) => evidence.keepLast(chunk));
  const exit = await ending(child, mark, isIndirect);
  const seenMs = release();
  if (child.pid !== undefined) kennel.leash.release(child.pid);
  if (group?.ranOutOfMemory()) stopped ??= 'over-memory';
  const cpuMs = isIndirect ? (group?.cpuMs() ?? seenMs) : childCpuMs() - cpuBefore;
  await group?.remove();
  if (exit.code !== undefined) return refused('refused', exit.code);
  if (!hasBegun() && stopped === undefined) {
    return { ...refused('refused', NO_JAIL), evidence: evidence.text() };
  }
  return {
    ...endOf(isIndirect ? signalled(exit) : exit, stopped, limits),
    answer: answer.text(),
    evidence: evidence.text(),
    cpuMs,
  };
}

/** Those of the kernel end at 64. */
const MOST_SIGNALS = 64;

function signalled(exit: Exit): Exit {
  const number = (exit.exitCode ?? 0) - 128;
  if (number <= 0 || number > MOST_SIGNALS) return exit;
  const signal = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return { ...exit, exitCode: null, signal: (signal ?? `signal ${number}`) as NodeJS.Signals };
}

interface Watched {
  readonly child: ChildProcess;
  readonly signal: AbortSignal;
  readonly stop: (why: Stopped) => void;
  readonly group: Group | undefined;
  readonly isIndirect: boolean;
  readonly ownDisks: Confined['ownDisks'];
  readonly first: Started['first'];
}

/** Stops the child at its limits or at an abort, until released. */
function stopAt(run: Run, watched: Watched): () => number {
  const { signal, stop } = watched;
  const onAbort = (): void => stop('aborted');
  const timer = setTimeout(() => stop('timeout'), run.limits.wallMs);
  signal.addEventListener('abort', onAbort, { once: true });
  const forget = watchWritten(run, watched);
  const unwatch = watchUsed(run.limits, watched);
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    forget();
    return unwatch();
  };
}

function watchWritten({ limits, writes }: Run, { stop, ownDisks, first }: Watched): () => void {
  const { diskBytes } = limits;
  if (ownDisks !== undefined) return watchOwnDisks({ folders: ownDisks, stop }, first);
  return diskBytes === undefined
    ? () => undefined
    : watchDisk({ folders: writes, diskBytes, stop });
}

/** A control group holds the memory itself, counts shared pages once, and ends one process of many. */
function watchUsed(limits: Limits, { child, stop, group, isIndirect }: Watched): () => number {
  const { cpuMs, memoryBytes } = limits;
  if (child.pid === undefined) return () => 0;
  if (group === undefined) {
    const isLooked = isIndirect || cpuMs !== undefined || memoryBytes !== undefined;
    const looked = { pid: child.pid, isApart: isIndirect };
    return isLooked ? watchUsage(looked, limits, stop) : () => 0;
  }
  const timer = setInterval(() => {
    if (group.ranOutOfMemory()) stop('over-memory');
    else if (cpuMs !== undefined && (group.cpuMs() ?? 0) > cpuMs) stop('over-cpu');
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return 0;
  };
}

/** Its exit, after which nothing of its group is left and its pipes are read to their end. */
async function ending(child: ChildProcess, mark: string, isJailed: boolean): Promise<Exit> {
  const closed = once(child, 'close').catch(() => undefined);
  const exit = await new Promise<Exit>((done) => {
    child.once('exit', (exitCode, signal) => done({ exitCode, signal }));
    child.once('error', (error: NodeJS.ErrnoException) =>
      done({ exitCode: null, signal: null, code: error.code ?? 'UNKNOWN' }),
    );
  });
  if (exit.code !== undefined) return exit;
  killGroup(child);
  killStrays(`${mark}\0`, { isJailed });
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
