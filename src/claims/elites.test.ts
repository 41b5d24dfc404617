import { expect, test } from 'vitest';
import { eliteNoise, hasFailed } from './elites.ts';

const floor = { scale: 2, confirmScale: 3 };
const opened = { elites: 'remeasured' } as const;

test('noise of a screen value is that of one evaluation, beside the incumbent that of a difference', () => {
  expect(eliteNoise({ opened, floor, isPaired: false })).toBe(2);
  expect(eliteNoise({ opened, floor, isPaired: true })).toBe(3);
});

test('scores stand as they are where elites are not measured again, or nothing is known of noise', () => {
  expect(eliteNoise({ opened: {}, floor, isPaired: false })).toBeUndefined();
  expect(eliteNoise({ opened: undefined, floor, isPaired: false })).toBeUndefined();
  expect(eliteNoise({ opened, floor: undefined, isPaired: false })).toBeUndefined();
});

test('an elite has failed where it alone has no score', () => {
  expect(hasFailed({ values: [1] })).toBe(false);
  expect(hasFailed({ values: [null] })).toBe(true);
  expect(hasFailed({ values: [null], againstValues: [2] })).toBe(true);
  expect(hasFailed({ values: [null], againstValues: [null] })).toBe(false);
  expect(hasFailed({ values: [1], againstValues: [null] })).toBe(false);
});
