import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { pelt, rateChanges } from './change-points.ts';
import { mean } from './summary.ts';

const series = (study: number, levels: readonly number[]): number[] => {
  const rng = publicRoot('change points').stream(study, 'noise');
  return levels.map((level) => level + rng.normal());
};
const steps = (...parts: readonly (readonly [number, number])[]): number[] =>
  parts.flatMap(([n, level]) => Array<number>(n).fill(level));
const alpha = 0.05;
const changesIn = (values: readonly number[], study: number) =>
  rateChanges(values, { rng: publicRoot('orders').stream(study, 'orders'), alpha });

/** All ways to cut a series into stretches of two and more, tried one by one. */
function cheapest(values: readonly number[], penalty: number): number {
  const squares = (part: readonly number[]) => {
    const centre = mean(part);
    return part.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  };
  let best = squares(values);
  for (let cut = 2; cut <= values.length - 2; cut++) {
    best = Math.min(
      best,
      squares(values.slice(0, cut)) + penalty + cheapest(values.slice(cut), penalty),
    );
  }
  return best;
}

test('pruning loses nothing: the places are as cheap as the best of all', () => {
  for (let study = 0; study < 20; study++) {
    const values = series(study, steps([4, 0], [3, study % 5], [4, 1]));
    const jumps = values.slice(1).map((one, i) => Math.abs(one - (values[i] ?? 0)));
    const ordered = jumps.toSorted((a, b) => a - b);
    const middle = ((ordered[4] ?? 0) + (ordered[5] ?? 0)) / 2;
    const penalty = 3 * Math.log(values.length) * (middle / 0.953873) ** 2;
    const places = pelt(values);
    const cuts = [0, ...places, values.length];
    const cost = cuts.slice(1).reduce((sum, end, i) => {
      const part = values.slice(cuts[i], end);
      const centre = mean(part);
      return sum + part.reduce((all, one) => all + (one - centre) ** 2, 0);
    }, penalty * places.length);
    expect(cost).toBeCloseTo(cheapest(values, penalty), 8);
  }
});

test('two planted changes are found where they are', () => {
  expect(pelt(series(1, steps([15, 0], [15, 8], [15, -2])))).toEqual([15, 30]);
  expect(changesIn(series(1, steps([10, 0], [10, 6])), 1).at).toEqual([10]);
});

test('planted: without a change one series in twenty alarms, not more', () => {
  const studies = 60;
  let alarms = 0;
  for (let study = 0; study < studies; study++) {
    if (changesIn(series(study, steps([12, 0])), study).at.length > 0) alarms += 1;
  }
  expect(alarms / studies).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / studies));
});

test('of three values, or of equal ones, nothing is said', () => {
  expect(changesIn([0, 9, 9], 1)).toEqual({ at: [], p: 1 });
  expect(changesIn([2, 2, 2, 2, 2, 2], 1).at).toEqual([]);
});
