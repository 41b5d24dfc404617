/** Time arrives as an argument: decisions never read it, the shell records each use in event `meta`. */
export interface Clock {
  /** Milliseconds since the epoch; may jump. For people and `meta` only. */
  wallMs(): number;
  /** Milliseconds from an arbitrary origin; never goes back. For budgets. */
  monotonicMs(): number;
  /** CPU milliseconds used by this process, user + system, all threads. */
  cpuMs(): number;
}

/** What Node's timers can hold: 24 days. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
