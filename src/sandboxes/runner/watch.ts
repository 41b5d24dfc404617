/** Ends a run at its limits or at an abort, until it is over. */
import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import type { Limits, Run } from '../contract.ts';
import type { Group } from '../jail/cgroup.ts';
import type { Confined } from './confined.ts';
import { watchDisk, watchOwnDisks } from './disk.ts';
import type { Stopped } from './end.ts';
import type { Talk } from './talking.ts';
import { LOOK_EVERY_MS, watchUsage } from './usage.ts';

/** A run, and who talks with it. */
export interface Begun extends Run {
  readonly talk?: Talk | undefined;
  /** Takes its channel over. */
  readonly use?: ((channel: Duplex) => void) | undefined;
}

export interface Watched {
  readonly child: ChildProcess;
  readonly signal: AbortSignal;
  readonly stop: (why: Stopped) => void;
  readonly group: Group | undefined;
  readonly isIndirect: boolean;
  readonly ownDisks: Confined['ownDisks'];
  /** The first process of its jail, where that is told and made. */
  readonly first: () => number | undefined;
}

export interface Watch {
  /** Starts the wall clock anew. */
  wind(): void;
  /** The wall clock waits until it is wound again. */
  unwind(): void;
  /** @returns The CPU time last seen, in ms; 0 where nobody looked. */
  release(): number;
}

/** The clock of a run that is talked with waits for the first question. */
export function watch(run: Begun, watched: Watched): Watch {
  const { signal, stop } = watched;
  const { wallMs } = run.limits;
  const onAbort = (): void => stop('aborted');
  let timer: NodeJS.Timeout | undefined;
  const unwind = (): void => clearTimeout(timer);
  const wind = (): void => {
    unwind();
    timer = setTimeout(() => stop('timeout'), wallMs);
  };
  if (run.talk === undefined) wind();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const forget = watchWritten(run, watched);
  const unwatch = watchUsed(run.limits, watched);
  return {
    wind,
    unwind,
    release() {
      unwind();
      signal.removeEventListener('abort', onAbort);
      forget();
      return unwatch();
    },
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
