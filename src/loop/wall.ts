/** Waiting that a wall budget bounds. */
import { setTimeout } from 'node:timers/promises';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { budgetNow } from './steering.ts';
import { activeMs, type Study } from './study.ts';
import { LOOK_MS } from './take-up.ts';

/** No longer than until the inbox is due to be looked into. Rejects where somebody asks the study to end. */
export async function untilLook(study: Study): Promise<void> {
  const { signal } = study.searchAbort;
  await withinWall(study, setTimeout(LOOK_MS, undefined, { signal }));
}

/** What `work` gives; undefined where the wall budget may be spent before: the clock then decides. */
export async function withinWall<T>(study: Study, work: Promise<T>): Promise<T | undefined> {
  const { wallMs } = budgetNow(study.plan, study.state);
  if (wallMs === undefined) return work;
  const leftMs = Math.min(LONGEST_TIMER_MS, wallMs - activeMs(study));
  let timer: NodeJS.Timeout | undefined;
  const atTheWall = new Promise<undefined>((resolve) => {
    timer = globalThis.setTimeout(() => resolve(undefined), leftMs);
  });
  return Promise.race([work, atTheWall]).finally(() => clearTimeout(timer));
}
