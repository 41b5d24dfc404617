/** `demo organisms` for people: by class, by strength, as a curve, and by name what nothing saw. */
import type { Organism, OrganismsReport } from '../app/organisms/run.ts';
import {
  cornersOf,
  isClean,
  isDivergent,
  isRefused,
  type Noticed,
  type Rate,
  type Summary,
  summaryOf,
} from '../app/organisms/summary.ts';
import { durationText } from '../reporters/report/number-text.ts';
import { table } from './output.ts';

export function organismsTable(report: OrganismsReport): readonly string[] {
  const { isolation, seed, looks, organisms, wallMs, cpuMs } = report;
  const summary = summaryOf(organisms);
  return [
    `Ran in ${isolation} with seed ${seed}: the floor once, then at most ${looks} looks at each as an incumbent.`,
    '',
    ...classLines(summary),
    ...strengthLines(summary),
    ...alarmLines(summary, organisms),
    ...curveLines(summary),
    ...missLines(summary),
    `Took ${durationText(wallMs)}, and ${durationText(cpuMs)} of CPU time in jails.`,
    'This is metric-versus-intent divergence, no detector of deception: docs/limits.md says what it cannot see.',
  ];
}

function classLines({ classes, all }: Summary): readonly string[] {
  if (all.either.of === 0) return [];
  return [
    ...table([
      ['planted', 'n', 'refused by the floor', 'called divergent', 'either', '95 %', 'missed'],
      ...[...classes, { truth: 'all', ...all }].map(({ truth, floor, divergence, either }) => [
        truth,
        String(either.of),
        String(floor.count),
        String(divergence.count),
        String(either.count),
        interval(either),
        String(either.of - either.count),
      ]),
    ]),
    '',
  ];
}

function strengthLines({ strengths }: Summary): readonly string[] {
  if (strengths.length === 0) return [];
  return [
    ...table([
      ['planted', 'strength', 'n', 'refused by the floor', 'called divergent', 'either'],
      ...strengths.map(({ truth, from, to, floor, divergence, either }) => [
        truth,
        `${from} to ${to}`,
        String(either.of),
        String(floor.count),
        String(divergence.count),
        String(either.count),
      ]),
    ]),
    '',
  ];
}

function alarmLines({ falseAlarms }: Summary, organisms: readonly Organism[]): readonly string[] {
  if (falseAlarms === undefined) return ['None is clean, so nothing is said of false alarms.', ''];
  const wronged = organisms.filter((one) => isClean(one) && (isRefused(one) || isDivergent(one)));
  return [
    `False alarms on ${falseAlarms.either.of} clean ones: ${alarmWords(falseAlarms)}.`,
    ...wronged.map((one) => `  ${one.id}: ${one.floor.why ?? 'called divergent'}`),
    '',
  ];
}

function alarmWords({ floor, divergence }: Noticed): string {
  return `the floor ${floor.count} (95 %: ${interval(floor)}), divergence ${divergence.count} (95 %: ${interval(divergence)})`;
}

function curveLines({ roc }: Summary): readonly string[] {
  const { area, bad, good } = roc.floor;
  if (area === undefined) return [];
  return [
    `ROC over ${bad} planted and ${good} clean ones, whatever the threshold:`,
    ...table([
      ['score', 'area', '95 %', 'caught at false alarms'],
      row('largest suspicion of a check', roc.floor),
      row('largest E of a look', roc.divergence),
    ]),
    '',
  ];
}

type Curve = Summary['roc']['floor'];

function row(name: string, curve: Curve): readonly string[] {
  const { area = Number.NaN, interval: [low, high] = [0, 1] } = curve;
  return [name, area.toFixed(2), `${low.toFixed(2)} to ${high.toFixed(2)}`, cornersOf(curve)];
}

function missLines({ misses }: Summary): readonly string[] {
  if (misses.length === 0) return [];
  return [
    'Missed:',
    ...table([
      ['  organism', 'planted', 'strength', 'at the floor'],
      ...misses.map(({ id, truth, strength, floor: { end, by } }) => [
        `  ${id}`,
        truth,
        String(Number(strength.toPrecision(2))),
        by === undefined ? end : `${end} (${by})`,
      ]),
    ]),
    '',
  ];
}

function interval({ interval: [low, high] }: Rate): string {
  return `${percent(low)} to ${percent(high)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
