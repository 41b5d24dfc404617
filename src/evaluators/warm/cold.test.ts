import { expect, test } from 'vitest';
import { agree, checkedCold } from './cold.ts';

const calls = (name: string, count: number) =>
  Array.from({ length: 64 }, (_, callsBefore) => {
    const seeds = Array.from({ length: count }, (_, i) => 1000 * callsBefore + i);
    return checkedCold({ candidate: name, seeds, callsBefore });
  });

test('of the kth call one answer is given again in two of k cases; the very first is cold', () => {
  const many = Array.from({ length: 500 }, (_, i) => calls(`candidate ${i}`, 3));
  const share = (call: number) =>
    many.filter((of) => of[call - 1] !== undefined).length / many.length;
  expect([share(1), share(2)]).toEqual([1, 1]);
  for (const call of [3, 4, 8, 20]) expect(Math.abs(share(call) - 2 / call)).toBeLessThan(0.07);
  expect(new Set(many.map((of) => of[0]))).toEqual(new Set([1, 2]));
  expect(new Set(many.map((of) => of[1]))).toEqual(new Set([0, 1, 2]));
  const perWorker = many.flat().filter((at) => at !== undefined).length / many.length;
  expect(Math.abs(perWorker - 8.5)).toBeLessThan(0.5);
  expect([
    calls('one', 1)[0],
    checkedCold({ candidate: 'none', seeds: [], callsBefore: 1 }),
  ]).toEqual([undefined, undefined]);
});

test('the same call is looked at in the same place; another seed that comes later moves it', () => {
  expect(calls('one', 9)).toEqual(calls('one', 9));
  const places = Array.from({ length: 50 }, (_, last) =>
    checkedCold({ candidate: 'one', seeds: [1, 2, 3, 4, last], callsBefore: 1 }),
  );
  expect(new Set(places).size).toBe(5);
});

test('equal outputs agree, two failures agree, nothing else does', () => {
  expect(agree({ output: [1, { a: 2 }] }, { output: [1, { a: 2 }] })).toBe(true);
  expect(agree({ output: 1, steps: 5 }, { output: 1, steps: 5 })).toBe(true);
  expect(agree({ failed: 'here' }, { failed: 'there' })).toBe(true);
  expect(agree({ output: 1 }, { output: 2 })).toBe(false);
  expect(agree({ output: 1, steps: 5 }, { output: 1, steps: 6 })).toBe(false);
  expect(agree({ output: 1 }, { failed: 'no' })).toBe(false);
  expect(agree({ output: 1 }, undefined)).toBe(false);
});
