/** Studies of times in which nothing is better. */
import { expect, test } from 'vitest';
import { promotionsOf } from './fixtures/as-times.ts';

const ALPHA = 0.05;

test('A/A: at most 5 % of studies ever promote anything', { timeout: 120_000 }, async () => {
  const studies = 200;
  let fooled = 0;
  for (let i = 0; i < studies; i++) {
    const { promoted } = await promotionsOf(`null ${i}`, 0);
    if (promoted.length > 0) fooled += 1;
  }
  expect(fooled).toBeLessThanOrEqual(
    studies * ALPHA + 2 * Math.sqrt(studies * ALPHA * (1 - ALPHA)),
  );
});
