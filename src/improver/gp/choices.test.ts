import { describe, expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { variable } from '../../lang/forest.ts';
import { createInterpreterCache } from '../../lang/interpret.ts';
import { confirmBetter } from './confirm.ts';
import { behaviourVector, Neighbours } from './neighbours.ts';
import { isBehind, racedCost } from './race.ts';
import { regretOf } from './regret.ts';

describe('regret', () => {
  const scale = { start: 10, reference: 4 };
  test('0 at the reference, 1 at the start, and clipped on both sides', () => {
    expect([4, 7, 10, 99, 3, -99].map((cost) => regretOf(cost, scale))).toEqual([
      0,
      0.5,
      1,
      1,
      -1 / 6,
      -0.5,
    ]);
  });
  test('no cost is no better than the start', () => {
    expect(regretOf(null, scale)).toBe(1);
  });
});

describe('racing', () => {
  const best = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
  test('ends after four or six tasks, where the sum is clearly larger', () => {
    expect(isBehind([0.7, 0.7, 0.7, 0.7], best)).toBe(true);
    expect(isBehind([0.6, 0.6, 0.6, 0.6], best)).toBe(false);
    expect(isBehind([1, 1, 1], best)).toBe(false);
    expect(isBehind([1, 1, 1, 1, 1], best)).toBe(false);
    expect(isBehind([0.7, 0.6, 0.7, 0.6, 0.7, 0.6], best)).toBe(true);
    expect(isBehind([1, 1, 1, 1], undefined)).toBe(false);
  });
  test('who left counts as behind as it was, so it is worse than the best', () => {
    expect(racedCost([0.7, 0.7, 0.7, 0.7], best)).toBeCloseTo(0.7, 12);
  });
});

describe('confirm', () => {
  const rng = () => publicRoot('confirm').stream(0, 'test');
  const before = [0.5, 0.6, 0.4, 0.5, 0.55, 0.45, 0.5, 0.5];
  test('a gain on every seed is one', () => {
    const after = before.map((regret, i) => regret - 0.05 - 0.01 * (i % 3));
    const { isBetter, interval, gain } = confirmBetter(before, after, rng());
    expect(isBetter).toBe(true);
    expect(interval[0]).toBeGreaterThan(0.04);
    expect(gain).toBeCloseTo(0.05875, 10);
  });
  test('a mean gain that luck explains is none', () => {
    const after = before.map((regret, i) => regret + (i % 2 === 0 ? 0.1 : -0.12));
    expect(confirmBetter(before, after, rng())).toMatchObject({ isBetter: false });
  });
  test('seven pairs are too few, however large the gain', () => {
    const few = before.slice(1);
    const after = few.map((regret) => regret - 0.3);
    expect(confirmBetter(few, after, rng()).isBetter).toBe(false);
  });
});

describe('neighbours', () => {
  const columns = { x: Float64Array.from([3, 1, 2, 2]), y: Float64Array.from([1, 2, 3, 4]) };
  const situations = { rows: { length: 4, columns }, groupSize: 4 };
  const vectorOf = (name: string) =>
    behaviourVector({ slots: { p: variable(name) } }, situations, createInterpreterCache());
  test('a behaviour is the ranks within a choice, ties equal', () => {
    expect([...vectorOf('x')]).toEqual([0.75, 0, 0.25, 0.25]);
  });
  test('a guess is near what decides alike, and none before there are three', () => {
    const neighbours = new Neighbours();
    neighbours.add(vectorOf('x'), 1);
    neighbours.add(vectorOf('y'), 9);
    expect(neighbours.guess(vectorOf('x'))).toBeUndefined();
    neighbours.add(vectorOf('y'), 9);
    expect(neighbours.guess(vectorOf('x'))?.cost).toBeLessThan(2);
    expect(neighbours.guess(vectorOf('x'))?.distance).toBe(0);
    expect(neighbours.guess(vectorOf('y'))?.cost).toBeGreaterThan(8);
  });
});
