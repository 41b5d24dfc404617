import { expect, test } from 'vitest';
import { type Constrained, minimiseConstrained } from './augmented-lagrangian.ts';

/** min x + y on the circle x² + y² = 2: (−1, −1), multiplier ½ (Nocedal & Wright, example 12.1). */
const circle: Constrained = {
  objective(_x, gradient) {
    gradient.fill(1);
    return (_x[0] as number) + (_x[1] as number);
  },
  equalities: 1,
  inequalities: 0,
  constraints(x, values) {
    values[0] = (x[0] as number) ** 2 + (x[1] as number) ** 2 - 2;
  },
  addGradients(x, [weight = 0], gradient) {
    for (let i = 0; i < 2; i++)
      gradient[i] = (gradient[i] as number) + 2 * weight * (x[i] as number);
  },
};

test('an equality: point, value and multiplier in closed form', () => {
  const { point, value, violation, multipliers, end } = minimiseConstrained(circle, [0.5, -2]);
  expect(end).toBe('converged');
  expect(point[0]).toBeCloseTo(-1, 7);
  expect(point[1]).toBeCloseTo(-1, 7);
  expect(value).toBeCloseTo(-2, 7);
  expect(multipliers[0]).toBeCloseTo(0.5, 6);
  expect(violation).toBeLessThanOrEqual(1e-9);
});

test('inside the disc the inequality binds with the same multiplier', () => {
  const disc = { ...circle, equalities: 0, inequalities: 1 };
  const { point, multipliers, end } = minimiseConstrained(disc, [0.1, 0.2]);
  expect(end).toBe('converged');
  expect(point[0]).toBeCloseTo(-1, 7);
  expect(multipliers[0]).toBeCloseTo(0.5, 6);
});

/**
 * Hock & Schittkowski 71: min x1 x4 (x1 + x2 + x3) + x3, x1 x2 x3 x4 ≥ 25, Σ x² = 40, 1 ≤ x ≤ 5.
 * Known optimum 17.0140173 at (1, 4.7429994, 3.8211503, 1.3794082).
 */
const hs71: Constrained = {
  objective(x, gradient) {
    const [a = 0, b = 0, c = 0, d = 0] = x;
    gradient.set([d * (2 * a + b + c), a * d, a * d + 1, a * (a + b + c)]);
    return a * d * (a + b + c) + c;
  },
  equalities: 1,
  inequalities: 9,
  constraints(x, values) {
    const [a = 0, b = 0, c = 0, d = 0] = x;
    values.set([a * a + b * b + c * c + d * d - 40, 25 - a * b * c * d]);
    for (let i = 0; i < 4; i++) {
      values[2 + i] = 1 - (x[i] as number);
      values[6 + i] = (x[i] as number) - 5;
    }
  },
  addGradients(x, weights, gradient) {
    const [a = 0, b = 0, c = 0, d = 0] = x;
    const product = [b * c * d, a * c * d, a * b * d, a * b * c];
    for (let i = 0; i < 4; i++) {
      const [sum = 0, least = 0] = weights;
      const bounds = (weights[6 + i] ?? 0) - (weights[2 + i] ?? 0);
      gradient[i] =
        (gradient[i] as number) + 2 * sum * (x[i] as number) - least * (product[i] ?? 0) + bounds;
    }
  },
};

test('Hock-Schittkowski 71: equality, inequality and bounds at the known optimum', () => {
  const { point, value, violation, multipliers, end } = minimiseConstrained(hs71, [1, 5, 5, 1]);
  expect(end).toBe('converged');
  expect(value).toBeCloseTo(17.0140173, 6);
  for (const [i, x] of [1, 4.7429994, 3.8211503, 1.3794082].entries()) {
    expect(point[i]).toBeCloseTo(x, 5);
  }
  expect(violation).toBeLessThanOrEqual(1e-9);
  expect(Math.min(...multipliers.slice(1))).toBeGreaterThanOrEqual(0);
});

test('a constraint that does not bind has no multiplier and changes nothing', () => {
  const slack: Constrained = {
    objective(x, gradient) {
      gradient[0] = 2 * (x[0] as number);
      return (x[0] as number) ** 2;
    },
    equalities: 0,
    inequalities: 1,
    constraints(x, values) {
      values[0] = (x[0] as number) - 10;
    },
    addGradients(_x, [weight = 0], gradient) {
      gradient[0] = (gradient[0] as number) + weight;
    },
  };
  const { point, multipliers } = minimiseConstrained(slack, [3]);
  expect(point[0]).toBeCloseTo(0, 7);
  expect(multipliers[0]).toBe(0);
});

test('where no point is feasible it does not say converged, and shows the violation', () => {
  const impossible: Constrained = {
    ...circle,
    constraints(x, values) {
      values[0] = (x[0] as number) ** 2 + (x[1] as number) ** 2 + 1;
    },
  };
  const { end, violation } = minimiseConstrained(impossible, [1, 1], { maxRounds: 20 });
  expect(end).not.toBe('converged');
  expect(violation).toBeGreaterThan(0.9);
});

test('the budget of calls is kept', () => {
  expect(minimiseConstrained(hs71, [1, 5, 5, 1], { maxEvals: 12 })).toMatchObject({
    end: 'budget',
  });
  expect(minimiseConstrained(hs71, [1, 5, 5, 1], { maxEvals: 12 }).evals).toBeLessThanOrEqual(12);
});

test('with wrong constraint gradients it does not say converged', () => {
  for (const factor of [0, -1, 3]) {
    const wrong: Constrained = {
      ...circle,
      addGradients: (x, weights, gradient) =>
        circle.addGradients(
          x,
          weights.map((weight) => factor * weight),
          gradient,
        ),
    };
    expect(minimiseConstrained(wrong, [0.5, -2]).end).not.toBe('converged');
  }
});
