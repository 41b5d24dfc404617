/**
 * What a check may take of the machine: on the floor of time, in an audit of CPU time too. One that finds none of it
 * left has found nothing. On the floor that is no verdict; in an audit its share stays as debt, which is neither a
 * pass nor a reason to hold the study.
 */
import { PacelineError } from '../core/errors.ts';
import type { Check } from '../gates/contract.ts';
import { secondsOf } from '../gates/sentence.ts';

/** Of one check, by the clock on the wall: most take a second, on a machine with ten times as much to do ten. */
const MOST_CHECK_MS = 60_000;
/** For what was broken off to end its processes; whoever takes longer is waited for no more. */
const GRACE_MS = 5_000;

interface Time {
  /** By the clock on the wall: a candidate that does not end on what it is asked takes no CPU of ours. */
  readonly mostMs?: number;
  readonly graceMs?: number;
  readonly onLate?: () => void;
}

/** The same check, which throws `INFRASTRUCTURE` where it has not ended in time. */
export function inTime(check: Check, time: Time = {}): Check {
  const { mostMs = MOST_CHECK_MS, graceMs = GRACE_MS, onLate } = time;
  return {
    ...check,
    async judge(intake, tools, signal) {
      const limit = AbortSignal.timeout(mostMs);
      const both = AbortSignal.any([signal, limit]);
      try {
        const found = await endedOr(check.judge(intake, tools, both), both, graceMs);
        both.throwIfAborted();
        return found;
      } catch (error) {
        if (!limit.aborted || signal.aborted) throw error;
        onLate?.();
        throw new PacelineError(
          'INFRASTRUCTURE',
          `it had not ended after ${secondsOf(mostMs)}, so it has found nothing. A program that is slow on what this check asks, or a busy machine: look at what else runs, and ask for the verdict again.`,
        );
      }
    },
  };
}

/** Its end, or the reason of the abort once the time for ending is over. */
async function endedOr<T>(work: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    stop = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

export interface Rationed {
  readonly checks: readonly Check[];
  /** Names of those that have not looked. */
  unlooked(): readonly string[];
}

export interface Ration {
  /** After so much no further check begins. One that is under way is not broken off: what was asked has to be answered (C2). */
  readonly mostCpuMs: number;
  /** CPU time so far. */
  readonly spentCpuMs: () => number;
  readonly mostCheckMs?: number;
}

/** Takes next to nothing, and looks wherever another did: whether what was measured was measured. */
const FREE: ReadonlySet<string> = new Set(['C2']);

export function rationed(checks: readonly Check[], ration: Ration): Rationed {
  const { mostCpuMs, spentCpuMs, mostCheckMs = MOST_CHECK_MS } = ration;
  const unlooked = new Set<string>();
  const leftMs = (): number => mostCpuMs - spentCpuMs();
  const limited = (check: Check, at: number): Check => ({
    ...check,
    async judge(intake, tools, signal) {
      const onLate = (): void => void unlooked.add(check.name);
      const timely = inTime(check, { mostMs: mostCheckMs, onLate });
      if (FREE.has(check.name) && unlooked.size < at) return timely.judge(intake, tools, signal);
      if (leftMs() > 0) {
        // What one leaves goes to those after it.
        const mostCpuMs = leftMs() / (checks.length - at);
        return timely.judge(intake, { ...tools, mostCpuMs }, signal);
      }
      onLate();
      throw new PacelineError('INFRASTRUCTURE', 'The audit had used its time.');
    },
  });
  return { checks: checks.map(limited), unlooked: () => [...unlooked] };
}
