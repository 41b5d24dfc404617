/**
 * The command of a repository, run once on the origin before anything is decided: whether it can be
 * measured at all, and how long it takes, which is the only guide to when a rollout hangs.
 */
import { PacelineError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { Config } from '../config-schema.ts';
import { withPassingPlan } from '../passing-plan.ts';
import { systemClock } from '../system-clock.ts';

export interface FirstRun {
  /** Of the metric, in its unit. */
  readonly value: number;
  readonly wallMs: number;
}

/** @throws PacelineError ORIGIN_FAILED with what went wrong, and whatever `run` would refuse. */
export async function firstRun(root: string, config: Config): Promise<FirstRun> {
  return withPassingPlan('dry-run', { root, config }, async ({ judge, origin, publicRoot }) => {
    const cases = [publicRoot.stream(-1, 'first run').u32()];
    const candidate = { id: sha256(origin.text), text: origin.text };
    const before = systemClock.monotonicMs();
    const [measured] = await judge.measure([{ candidate, cases }], new AbortController().signal);
    const wallMs = systemClock.monotonicMs() - before;
    const [result] = measured?.cases ?? [];
    if (result?.outcome === 'scored') return { value: result.value, wallMs };
    throw new PacelineError(
      'ORIGIN_FAILED',
      `--eval could not be measured in the jail (${result?.outcome}: ${result?.message}). It runs in a copy of the commit, in the folder you stand in, with node_modules, .venv and what --tools names; nothing was spent.`,
      { outcome: result?.outcome ?? 'none' },
    );
  });
}

const LEAST_TIMEOUT_MS = 10_000;
const TIMES_ITS_OWN = 10;

/** A rollout hangs that takes ten times as long as the origin. */
export function timeoutAfter(wallMs: number): number {
  return Math.max(LEAST_TIMEOUT_MS, Math.ceil((TIMES_ITS_OWN * wallMs) / 1000) * 1000);
}
