import { expect, test } from 'vitest';
import type { Constrained } from './augmented-lagrangian.ts';
import { gradientFault } from './gradient-check.ts';

/** x² y with x² + y² = 1 and x y ≤ 2. */
const right: Constrained = {
  equalities: 1,
  inequalities: 1,
  objective(x, gradient) {
    const [a = 0, b = 0] = x;
    gradient[0] = 2 * a * b;
    gradient[1] = a * a;
    return a * a * b;
  },
  constraints(x, values) {
    const [a = 0, b = 0] = x;
    values[0] = a * a + b * b - 1;
    values[1] = a * b - 2;
  },
  addGradients(x, weights, gradient) {
    const [[a = 0, b = 0], [v = 0, w = 0]] = [x, weights];
    gradient[0] = (gradient[0] ?? 0) + v * 2 * a + w * b;
    gradient[1] = (gradient[1] ?? 0) + v * 2 * b + w * a;
  },
};
const x = Float64Array.of(0.7, -1.3);

test('right gradients have no fault, and the point is not touched', () => {
  expect(gradientFault(right, x)).toBeUndefined();
  expect([...x]).toEqual([0.7, -1.3]);
});

test('a wrong sign in the objective is found', () => {
  const wrong: Constrained = {
    ...right,
    objective(point, gradient) {
      const value = right.objective(point, gradient);
      gradient[1] = -(gradient[1] ?? 0);
      return value;
    },
  };
  expect(gradientFault(wrong, x)).toMatchObject({ of: 'objective', parameter: 1 });
});

test('a wrong constraint is found by its number, and so is what is not a number', () => {
  const spoiled = (factor: number): Constrained => ({
    ...right,
    addGradients(point, weights, gradient) {
      const [v = 0, w = 0] = weights;
      right.addGradients(point, Float64Array.of(v, factor * w), gradient);
    },
  });
  expect(gradientFault(spoiled(1.01), x)).toMatchObject({ of: 1, parameter: 0 });
  expect(gradientFault(spoiled(Number.NaN), x)).toBeDefined();
});
