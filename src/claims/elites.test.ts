import { expect, test } from 'vitest';
import { eliteNoise } from './elites.ts';

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
