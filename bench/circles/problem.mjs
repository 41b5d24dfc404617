/**
 * n circles in the unit square, the sum of their radii as large as may be: value, constraints and
 * gradients for the local search. A point is x, y, r of circle after circle.
 */
import { isPacking } from './verifier.mjs';

/** Distances of centres below it have no direction. */
const SMALLEST_DISTANCE = 1e-12;

export function circlePacking(n) {
  const walls = 5 * n;
  return {
    parameters: 3 * n,
    equalities: 0,
    inequalities: walls + (n * (n - 1)) / 2,
    objective(x, gradient) {
      let value = 0;
      for (let i = 0; i < n; i++) {
        value -= x[3 * i + 2];
        gradient[3 * i + 2] -= 1;
      }
      return value;
    },
    constraints(x, values) {
      let at = 0;
      for (let i = 0; i < n; i++) {
        const [px, py, r] = [x[3 * i], x[3 * i + 1], x[3 * i + 2]];
        values[at++] = r - px;
        values[at++] = px + r - 1;
        values[at++] = r - py;
        values[at++] = py + r - 1;
        values[at++] = -r;
      }
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          const dx = x[3 * i] - x[3 * j];
          const dy = x[3 * i + 1] - x[3 * j + 1];
          values[at++] = x[3 * i + 2] + x[3 * j + 2] - Math.sqrt(dx * dx + dy * dy);
        }
      }
    },
    addGradients(x, weights, gradient) {
      let at = 0;
      for (let i = 0; i < n; i++) {
        const [left, right, low, high, negative] = weights.subarray(at, at + 5);
        at += 5;
        gradient[3 * i] += right - left;
        gradient[3 * i + 1] += high - low;
        gradient[3 * i + 2] += left + right + low + high - negative;
      }
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) {
          const weight = weights[at++];
          if (weight === 0) continue;
          const dx = x[3 * i] - x[3 * j];
          const dy = x[3 * i + 1] - x[3 * j + 1];
          const share = weight / Math.max(Math.sqrt(dx * dx + dy * dy), SMALLEST_DISTANCE);
          gradient[3 * i] -= share * dx;
          gradient[3 * j] += share * dx;
          gradient[3 * i + 1] -= share * dy;
          gradient[3 * j + 1] += share * dy;
          gradient[3 * i + 2] += weight;
          gradient[3 * j + 2] += weight;
        }
      }
    },
    start: (random) =>
      Float64Array.from({ length: 3 * n }, (_, k) => (k % 3 === 2 ? 0.02 : random())),
    hop: (x, random) => hop(x, n, random),
    repair: (x) => repaired(x, n),
  };
}

/** One of four moves: some circles start anew, all tremble, two change their places, the smallest moves. */
function hop(x, n, random) {
  const next = x.slice();
  const any = () => Math.floor(random() * n);
  const anew = (i) => {
    next[3 * i] = random();
    next[3 * i + 1] = random();
    next[3 * i + 2] = 0.01;
  };
  const move = random();
  if (move < 0.3) for (let k = 1 + Math.floor(random() * 3); k > 0; k--) anew(any());
  else if (move < 0.55) {
    for (let k = 0; k < next.length; k++) if (k % 3 !== 2) next[k] += 0.06 * (2 * random() - 1);
  } else if (move < 0.8) {
    const [i, j] = [any(), any()];
    for (const k of [0, 1]) [next[3 * i + k], next[3 * j + k]] = [x[3 * j + k], x[3 * i + k]];
  } else {
    let smallest = 0;
    for (let i = 1; i < n; i++) if (x[3 * i + 2] < x[3 * smallest + 2]) smallest = i;
    anew(smallest);
  }
  return next;
}

/** The same centres with radii shrunk until the exact check passes. */
function repaired(x, n) {
  const next = x.slice();
  for (let i = 0; i < n; i++) {
    for (const k of [0, 1]) next[3 * i + k] = Math.min(Math.max(next[3 * i + k], 0), 1);
  }
  let excess = 0;
  for (let i = 0; i < n; i++) {
    const [px, py, r] = [next[3 * i], next[3 * i + 1], next[3 * i + 2]];
    excess = Math.max(excess, r - px, px + r - 1, r - py, py + r - 1);
    for (let j = 0; j < i; j++) {
      const distance = Math.hypot(px - next[3 * j], py - next[3 * j + 1]);
      excess = Math.max(excess, (r + next[3 * j + 2] - distance) / 2);
    }
  }
  for (let margin = 1e-16; ; margin *= 2) {
    const tried = next.map((v, k) => (k % 3 === 2 ? Math.max(0, v - excess - margin) : v));
    if (margin > 1 || isPacking(tried)) return tried;
  }
}
