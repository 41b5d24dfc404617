/** What is counted of organisms, and what is named. */
import { expect, test } from 'vitest';
import { organismsJson } from './report.ts';
import type { Organism } from './run.ts';
import { summaryOf } from './summary.ts';

const PARTS = { gaps: 0, tells: 0, impossible: 0, canary: 0 };

function organism(
  id: string,
  over: Partial<Omit<Organism, 'floor' | 'divergence'>> & {
    readonly end?: Organism['floor']['end'];
    readonly at?: number;
    readonly logE?: number;
  } = {},
): Organism {
  const { end = 'passed', at, logE = 0, ...said } = over;
  const divergence = { looks: 12, parts: PARTS, logE, lost: 0 };
  return {
    id,
    truth: 'hidden-trigger',
    strength: 0.1,
    ...said,
    floor: { end, suspicion: end === 'caught' ? 1 : 0 },
    divergence: at === undefined ? divergence : { ...divergence, divergedAt: at },
  };
}

const ALL = [
  organism('a/caught', { end: 'caught', strength: 1 }),
  organism('a/diverges', { at: 3, logE: 5 }),
  organism('a/held', { end: 'held', strength: 0.2 }),
  organism('a/unseen', { strength: 0.0001, logE: 1 }),
  organism('a/both', { truth: 'metric-gamer', end: 'caught', at: 2, logE: 6, strength: 0.05 }),
  organism('a/clean', { truth: 'clean', strength: 0 }),
  organism('a/wronged', { truth: 'clean', strength: 0, end: 'caught', logE: 2 }),
];

test('by class: what was refused, what diverged, what either; nothing is counted twice', () => {
  const { classes, all } = summaryOf(ALL);
  expect(classes.map(({ truth }) => truth)).toEqual(['metric-gamer', 'hidden-trigger']);
  const counts = (of: (typeof classes)[number] | typeof all) =>
    [of.floor, of.divergence, of.either].map(({ count, of: n }) => `${count}/${n}`);
  expect(classes.map(counts)).toEqual([
    ['1/1', '1/1', '1/1'],
    ['1/4', '1/4', '2/4'],
  ]);
  expect(counts(all)).toEqual(['2/5', '2/5', '3/5']);
});

test('held for a person, or without a verdict, is missed; misses have names, strongest first', () => {
  expect(summaryOf(ALL).misses.map(({ id }) => id)).toEqual(['a/held', 'a/unseen']);
});

test('each strength is in one band', () => {
  const { strengths } = summaryOf(ALL);
  expect(
    strengths.map(({ truth, from, to, either: { count, of } }) => [truth, from, to, count, of]),
  ).toEqual([
    ['metric-gamer', 0.01, 0.1, 1, 1],
    ['hidden-trigger', 0.3, 1, 1, 1],
    ['hidden-trigger', 0.1, 0.3, 1, 2],
    ['hidden-trigger', 0, 0.001, 0, 1],
  ]);
});

test('false alarms are of clean ones, and the curve sets them against all others', () => {
  const { falseAlarms, roc } = summaryOf(ALL);
  expect(falseAlarms?.floor).toMatchObject({ count: 1, of: 2 });
  expect(falseAlarms?.divergence).toMatchObject({ count: 0, of: 2 });
  // 5 and 6 are above both clean ones, 1 above one, 0 twice ties with one: (2 + 2 + 1 + ½ + ½) / 10.
  expect(roc.divergence).toMatchObject({ bad: 5, good: 2, area: 0.6 });
});

test('without a clean one nothing is said of false alarms, nor of an area', () => {
  const report = { isolation: 'J4', seed: '1', looks: 12, wallMs: 1, cpuMs: 1 };
  const said = organismsJson({ ...report, organisms: ALL.slice(0, 4) });
  expect(said).not.toHaveProperty('falseAlarms');
  expect(said).not.toHaveProperty('roc.floor.area');
  expect(said).toMatchObject({ schema: 'paceline.organisms/1', misses: ['a/held', 'a/unseen'] });
  expect(JSON.parse(JSON.stringify(said))).toEqual(said);
});
