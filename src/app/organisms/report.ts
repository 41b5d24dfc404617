/** `demo organisms` as JSON: paceline.organisms/1. */
import type { Json } from '../../core/json.ts';
import type { OrganismsReport } from './run.ts';
import { type Noticed, type Rate, type Summary, summaryOf } from './summary.ts';

export function organismsJson(report: OrganismsReport): Json {
  const { isolation, seed, looks, organisms, wallMs, cpuMs } = report;
  const { classes, all, strengths, falseAlarms, roc, misses } = summaryOf(organisms);
  return {
    schema: 'paceline.organisms/1',
    isolation,
    seed,
    looks,
    classes: classes.map(({ truth, ...of }) => ({ truth, ...noticedJson(of) })),
    all: noticedJson(all),
    strengths: strengths.map(({ truth, from, to, ...of }) => {
      return { truth, from, to, ...noticedJson(of) };
    }),
    ...(falseAlarms ? { falseAlarms: noticedJson(falseAlarms) } : {}),
    roc: { floor: rocJson(roc.floor), divergence: rocJson(roc.divergence) },
    misses: misses.map(({ id }) => id),
    organisms: organisms.map(({ floor, divergence, ...one }) => ({
      ...one,
      floor: { ...floor },
      divergence: { ...divergence, parts: { ...divergence.parts } },
    })),
    wallMs: Math.round(wallMs),
    cpuMs: Math.round(cpuMs),
  };
}

function noticedJson({ floor, divergence, either }: Noticed) {
  return { floor: rateJson(floor), divergence: rateJson(divergence), either: rateJson(either) };
}

/** As in paceline.null/1. */
function rateJson({ count, of, interval }: Rate) {
  return of === 0 ? { count, of } : { count, of, rate: count / of, interval: [...interval] };
}

function rocJson({ bad, good, points, area, interval }: Summary['roc']['floor']) {
  return {
    bad,
    good,
    points: points.map((point) => ({ ...point })),
    ...(area === undefined ? {} : { area }),
    ...(interval === undefined ? {} : { interval: [...interval] }),
  };
}
