/** What the hostile cases came to: counts, the sum in words, and JSON. */
import type { Json } from '../../core/json.ts';
import type { Judged } from './judged.ts';
import type { HostileReport } from './run.ts';

export type Counts = Readonly<Record<Judged['verdict'], number>>;

export function countsOf({ cases }: HostileReport): Counts {
  const counts = { contained: 0, missed: 0, 'needs a gate': 0, passed: 0, wronged: 0 };
  for (const { verdict } of cases) counts[verdict]++;
  return counts;
}

/** Nothing reached the host or its grade, and nothing honest was wronged. */
export function isHeld(report: HostileReport): boolean {
  const { missed, wronged } = countsOf(report);
  return missed === 0 && wronged === 0 && report.wrong.length === 0;
}

export function hostileJson(report: HostileReport): Json {
  const { isolation, cases, incumbent, wrong, wallMs } = report;
  return {
    schema: 'paceline.hostile/1',
    isolation,
    held: isHeld(report),
    counts: countsOf(report),
    cases: cases.map((one) => ({ ...one })),
    incumbent,
    wrong: [...wrong],
    wallMs: Math.round(wallMs),
  };
}
