import { expect, test } from 'vitest';
import { shareLater } from './doctor-warmup.ts';

const COUNTED = [10, 10.2, 9.9, 10.1, 10, 9.8, 10.3, 10, 10.1, 9.9, 10, 10.2];

test('only times that are all below the others, and by much, are of a process that was not warm', () => {
  expect(shareLater(COUNTED, [5, 5.1, 4.9, 5])).toBeCloseTo(0.5);
  expect(shareLater(COUNTED, [10, 10.1, 9.9, 10])).toBeUndefined();
  expect(shareLater(COUNTED, [5, 5, 5, 10.5])).toBeUndefined();
  expect(shareLater(COUNTED, [9.5, 9.6, 9.4, 9.5])).toBeUndefined();
});
