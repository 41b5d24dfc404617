import type { Clock } from '../core/clock.ts';

export interface ManualClock extends Clock {
  /** All three times go on by so many milliseconds. */
  advance(ms: number): void;
  /** Somebody sets the time of day: ahead, or back for a negative number. */
  jumpWall(ms: number): void;
}

/** 2024-01-01: a date that is plainly not today. */
const START_MS = 1_704_067_200_000;

/** Time that passes only when told to. */
export function manualClock(startMs: number = START_MS): ManualClock {
  let passedMs = 0;
  let jumpedMs = 0;
  return {
    wallMs: () => startMs + passedMs + jumpedMs,
    monotonicMs: () => passedMs,
    cpuMs: () => passedMs,
    advance: (ms) => {
      passedMs += ms;
    },
    jumpWall: (ms) => {
      jumpedMs += ms;
    },
  };
}
