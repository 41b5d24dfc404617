import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lbfgs, type Smooth } from './l-bfgs.ts';

const rosenbrock: Smooth = (x, gradient) => {
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [v, next] = [x[i] as number, x[i + 1] as number];
    value += 100 * (next - v * v) ** 2 + (1 - v) ** 2;
    gradient[i] = (gradient[i] as number) - 400 * v * (next - v * v) - 2 * (1 - v);
    gradient[i + 1] = (gradient[i + 1] as number) + 200 * (next - v * v);
  }
  return value;
};

/** ½ Σ scale_i (x_i − centre_i)²: the minimum is the centre. */
const bowl =
  (centre: readonly number[], scales: readonly number[]): Smooth =>
  (x, gradient) =>
    x.reduce((sum, v, i) => {
      const [scale = 1, away] = [scales[i], v - (centre[i] ?? 0)];
      gradient[i] = scale * away;
      return sum + 0.5 * scale * away * away;
    }, 0);

test('a convex quadratic is solved at its closed form, whatever its scales', () => {
  const coordinate = fc.tuple(
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.double({ min: 0.1, max: 100, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 1, maxLength: 12 }), (coordinates) => {
      const centre = coordinates.map(([c]) => c);
      const f = bowl(
        centre,
        coordinates.map(([, scale]) => scale),
      );
      const { point, end } = lbfgs(
        f,
        centre.map(() => 3),
        { tolerance: 1e-7 },
      );
      expect(end).toBe('converged');
      for (const [i, c] of centre.entries()) expect(point[i]).toBeCloseTo(c, 5);
    }),
  );
});

test('Rosenbrock in 20 dimensions: the known optimum, in a few hundred calls', () => {
  const start = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
  const { point, value, evals, end } = lbfgs(rosenbrock, start);
  expect(end).toBe('converged');
  expect(value).toBeLessThan(1e-15);
  for (const x of point) expect(x).toBeCloseTo(1, 6);
  expect(evals).toBeLessThan(500);
});

test('the memory pays: with one pair the same problem takes more calls', () => {
  const start = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
  const calls = (memory: number): number => lbfgs(rosenbrock, start, { memory }).evals;
  expect(calls(1)).toBeGreaterThan(1.3 * calls(10));
});

test('a barrier is not crossed: log has no value left of 0', () => {
  const f: Smooth = (x, gradient) => {
    const v = x[0] as number;
    gradient[0] = 1 - 1 / v;
    return v - Math.log(v);
  };
  const { point, end } = lbfgs(f, [1e-3]);
  expect(end).toBe('converged');
  expect(point[0]).toBeCloseTo(1, 7);
});

test('a wrong gradient does not converge: it is stuck, not done', () => {
  const wrong: Smooth = (x, gradient) => {
    const value = bowl([1, 2], [1, 1])(x, gradient);
    for (let i = 0; i < gradient.length; i++) gradient[i] = -(gradient[i] as number);
    return value;
  };
  expect(lbfgs(wrong, [5, 5]).end).toBe('stuck');
});

test('the budget of calls is kept', () => {
  let calls = 0;
  const counted: Smooth = (x, gradient) => {
    calls += 1;
    return rosenbrock(x, gradient);
  };
  const { end, evals } = lbfgs(counted, [-1.2, 1, -1.2, 1], { maxEvals: 17 });
  expect({ end, evals, calls }).toEqual({ end: 'budget', evals: 17, calls: 17 });
});

test('a start without a value is refused', () => {
  expect(() => lbfgs(() => Number.NaN, [1])).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  expect(() => lbfgs(() => 0, [])).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
});
