/** The table of hashes seen: nothing twice, nothing forgotten, nothing left after clearing. */
import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { publicRoot } from '../core/rng.ts';
import { hasherOf, PROBES } from './hash-values.ts';
import { Seen } from './seen.ts';

const TABLE = new Seen();
const added = (first: number, second: number): boolean => TABLE.add(Int32Array.of(first, second));

test('hashes that share a place, or one of their halves, are told apart', () => {
  TABLE.clear();
  const place = 1 << 22;
  expect([added(7, 1), added(7, 2), added(7 + place, 1), added(7, 1), added(7, 2)]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  // At the last place the search goes on at the first.
  expect([added(place - 1, 5), added(place - 1, 6), added(place - 1, 6), added(0, 6)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect(TABLE.size).toBe(6);
});

test.each(isThorough ? [1_000, 530_000] : [1_000])(
  'after %i hashes it is cleared whole: each is new again',
  (count) => {
    const lanes = new Int32Array(2);
    const newOnes = (): number => {
      const rng = publicRoot('seen').stream(0, 'hash');
      let found = 0;
      for (let i = 0; i < count; i++) {
        lanes[0] = rng.u32();
        lanes[1] = rng.u32();
        if (TABLE.add(lanes)) found += 1;
      }
      return found;
    };
    TABLE.clear();
    expect([newOnes(), newOnes()]).toEqual([count, 0]);
    TABLE.clear();
    expect([TABLE.size, newOnes()]).toEqual([0, count]);
  },
);

test('a hundred thousand values of a few small numbers have as many hashes', () => {
  const cells = new Int32Array(6);
  const hasher = hasherOf({ cells, examples: 6 }, PROBES.numbers);
  TABLE.clear();
  let clashes = 0;
  for (let value = 0; value < 100_000; value++) {
    for (let digit = 0, left = value; digit < 6; digit++, left = Math.floor(left / 9))
      cells[digit] = (left % 9) - 4;
    hasher.integers('I', 0, 6);
    if (!TABLE.add(hasher.lanes)) clashes += 1;
  }
  expect(clashes).toBe(0);
});

test('functions are told apart by what they return, on each example', () => {
  const cells = new Int32Array(8);
  const hasher = hasherOf({ cells, examples: 2 }, PROBES.numbers);
  const hash = (
    type: 'F' | 'P' | 'G',
    code: number,
    constants: readonly number[] = [0, 0],
  ): string => {
    cells.set([code, ...constants]);
    hasher.functionValue(type, 0);
    return hasher.lanes.join();
  };
  // gtc(0) is pos, addc(1) is inc, subc(1) is dec; another constant on one example is another function.
  expect(hash('P', 24, [0, 0])).toBe(hash('P', 22));
  expect(hash('F', 7, [1, 1])).toBe(hash('F', 0));
  expect(hash('F', 8, [1, 1])).toBe(hash('F', 1));
  expect(hash('F', 7, [1, 2])).not.toBe(hash('F', 0));
  expect(new Set([40, 41, 42, 43, 44].map((code) => hash('G', code))).size).toBe(5);
});
