import { expect, test } from 'vitest';
import { checkPace, GOVERNOR } from '../testing/pace-driver.ts';

test('100,000 random sequences: never over the bound, never while stopped, always a way on', () => {
  expect(checkPace({ governor: GOVERNOR, sequences: 100_000, steps: 60 })).toEqual({});
}, 600_000);
