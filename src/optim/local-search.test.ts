import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { CLIMB_START, type Climb, climbOnce, type HoppingProblem } from './local-search.ts';

/** Two points on the unit circle (equalities), as far apart as may be, with a wave of local optima. */
const problem: HoppingProblem = {
  equalities: 1,
  inequalities: 1,
  objective(x, gradient) {
    const [a = 0, b = 0] = x;
    gradient[0] = 1 - 3 * Math.sin(9 * a);
    gradient[1] = 0.5;
    return a + 0.5 * b + Math.cos(9 * a) / 3;
  },
  constraints(x, values) {
    const [a = 0, b = 0] = x;
    values[0] = a * a + b * b - 1;
    values[1] = -a - 0.9;
  },
  addGradients(x, [circle = 0, wall = 0], gradient) {
    const [a = 0, b = 0] = x;
    gradient[0] = (gradient[0] ?? 0) + 2 * a * circle - wall;
    gradient[1] = (gradient[1] ?? 0) + 2 * b * circle;
  },
  start: (random) => Float64Array.of(2 * random() - 1, 2 * random() - 1),
  hop: (x, random) => x.map((v) => v + random() - 0.5),
  repair(x) {
    const angle = Math.atan2(x[1] ?? 0, Math.max(-0.9, x[0] ?? 0));
    const inside = Math.cos(angle) >= -0.9 ? angle : Math.sign(angle) * Math.acos(-0.9);
    return Float64Array.of(Math.cos(inside), Math.sin(inside));
  },
};

/** The least loss on a fine grid of the arc that is allowed. */
const least = Math.min(
  ...Array.from({ length: 20_001 }, (_, k) => {
    // From wall to wall, both ends included.
    const angle = Math.acos(-0.9) * (k / 10_000 - 1);
    const point = Float64Array.of(Math.cos(angle), Math.sin(angle));
    return problem.objective(point, new Float64Array(2));
  }),
);

function climbs(hops: number, patience = 20): readonly Climb[] {
  const root = publicRoot('climb');
  const all = [CLIMB_START];
  for (let hop = 0; hop < hops; hop++) {
    const last = all.at(-1) as Climb;
    all.push(climbOnce(problem, last, { rng: root.stream(hop, 'hop'), patience }));
  }
  return all;
}

test('the best of many local optima is found, and it keeps the constraints', () => {
  const { best } = climbs(60).at(-1) as Climb;
  expect(best.loss).toBeCloseTo(least, 5);
  const values = new Float64Array(2);
  problem.constraints(best.point as Float64Array, values);
  expect(Math.abs(values[0] ?? 9)).toBeLessThan(1e-12);
  expect(values[1]).toBeLessThan(1e-12);
});

test('the best never gets worse, every hop costs, and a climb without gain starts anew', () => {
  const all = climbs(60, 5);
  for (const [i, climb] of all.slice(1).entries()) {
    const before = all[i] as Climb;
    expect(climb.best.loss).toBeLessThanOrEqual(before.best.loss);
    expect(climb.evals).toBeGreaterThan(before.evals);
    expect(climb.failures).toBeLessThan(5);
  }
  expect(all.slice(1).some(({ point }) => point === undefined)).toBe(true);
});

test('a climb is plain data: its copy goes on alike', () => {
  const climb = climbs(10).at(-1) as Climb;
  const next = (from: Climb): Climb =>
    climbOnce(problem, from, { rng: publicRoot('copy').stream(0, 'hop') });
  expect(next(structuredClone(climb))).toEqual(next(climb));
});

test('a point that has no value is never the best', () => {
  const lost: HoppingProblem = { ...problem, repair: (x) => x.map(() => Number.NaN) };
  const { best } = climbOnce(lost, CLIMB_START, { rng: publicRoot('lost').stream(0, 'hop') });
  expect(best.point).toBeUndefined();
});

test('a hop out of the domain is a failed one and costs one evaluation', () => {
  const climb = climbs(5).at(-1) as Climb;
  for (const outside of [
    { ...problem, objective: () => Number.NaN },
    { ...problem, constraints: (_: Float64Array, values: Float64Array) => void values.fill(1 / 0) },
  ]) {
    const next = climbOnce(outside, climb, { rng: publicRoot('outside').stream(0, 'hop') });
    expect(next).toEqual({
      ...climb,
      failures: climb.failures + 1,
      evals: climb.evals + 1,
      hops: climb.hops + 1,
    });
  }
});
