/** Waiting that a wall budget bounds. */
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { budgetNow } from './steering.ts';
import { activeMs, type Study } from './study.ts';

/** What `work` gives; undefined where the wall budget may be spent before: the clock then decides. */
export async function withinWall<T>(study: Study, work: Promise<T>): Promise<T | undefined> {
  const { wallMs } = budgetNow(study.plan, study.state);
  if (wallMs === undefined) return work;
  const leftMs = Math.min(LONGEST_TIMER_MS, wallMs - activeMs(study));
  let timer: NodeJS.Timeout | undefined;
  const atTheWall = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), leftMs);
  });
  return Promise.race([work, atTheWall]).finally(() => clearTimeout(timer));
}
