/**
 * Between two questions a run that is talked with stands still: a thread or a process of its own would go
 * on otherwise, take the machine from whoever is asked meanwhile, and use time that nobody measures.
 */
import { isSame, type Process, processesOf } from './usage.ts';

export interface Still {
  /** Soon, unless it goes on before. */
  hold(): void;
  resume(): void;
}

/** To stop it and let it go on costs a fifth of a millisecond: not between questions that follow each other. */
const SOON_MS = 5;

export interface Stilled {
  readonly pid: number | undefined;
  /** What was started only makes the jail, in which all else descends from it. */
  readonly isIndirect: boolean;
  /** It can start no process: those there are at the first look stay all there are. */
  readonly isFixed: boolean;
}

export function stillness({ pid, isIndirect, isFixed }: Stilled): Still {
  let known: readonly Process[] = [];
  let isHeld = false;
  let timer: NodeJS.Timeout | undefined;
  const look = (): readonly Process[] =>
    pid === undefined
      ? []
      : processesOf(pid, isIndirect).filter((one) => !isIndirect || one.pid !== pid);
  const stop = (): void => {
    isHeld = true;
    if (isFixed && known.length > 0) {
      signal(known, 'SIGSTOP');
      return;
    }
    // What is stopped starts nothing more: looked at until nothing is new.
    const stopped = new Map<number, Process>();
    for (let found = look(); found.some((one) => !stopped.has(one.pid)); found = look()) {
      signal(found, 'SIGSTOP');
      for (const one of found) stopped.set(one.pid, one);
    }
    known = [...stopped.values()];
  };
  return {
    hold() {
      clearTimeout(timer);
      timer = setTimeout(stop, SOON_MS).unref();
    },
    resume() {
      clearTimeout(timer);
      if (isHeld) signal(known, 'SIGCONT');
      isHeld = false;
    },
  };
}

/** Numbers are given again: never to a process that took the place of one of these. */
function signal(processes: readonly Process[], name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const one of processes) {
    if (!isSame(one)) continue;
    try {
      process.kill(one.pid, name);
    } catch {
      // It ended meanwhile.
    }
  }
}
