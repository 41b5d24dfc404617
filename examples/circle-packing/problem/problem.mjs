/**
 * n circles in the unit square, the sum of their radii as large as may be: value, constraints and
 * gradients for the local search. A point is x, y, r of circle after circle. Nothing here judges:
 * evaluator and verifier measure what is found, each in its own way.
 */

/** Distances of centres below it have no direction. */
const SMALLEST_DISTANCE = 1e-12;

/** More than all roundings of doubles between 0 and 2 on the way from a radius to a constraint. */
const ROUNDING = 4e-15;

export function problem({ start }) {
  const n = start.length / 3;
  if (!Number.isInteger(n)) throw new Error(`${start.length} numbers are no circles of x, y, r`);
  const walls = 5 * n;
  return {
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
        const [left, right] = [weights[at], weights[at + 1]];
        const [low, high] = [weights[at + 2], weights[at + 3]];
        gradient[3 * i] += right - left;
        gradient[3 * i + 1] += high - low;
        gradient[3 * i + 2] += left + right + low + high - weights[at + 4];
        at += 5;
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

/** The same centres, pulled into the square, with all radii shrunk by one factor until they fit. */
function repaired(x, n) {
  const next = x.map((v, k) => Math.max(0, k % 3 === 2 ? v : Math.min(v, 1)));
  let factor = 1;
  for (let i = 0; i < n; i++) {
    const [px, py, r] = [next[3 * i], next[3 * i + 1], next[3 * i + 2]];
    factor = Math.min(factor, share(Math.min(px, py, 1 - px, 1 - py), r));
    for (let j = 0; j < i; j++) {
      const distance = Math.hypot(px - next[3 * j], py - next[3 * j + 1]);
      factor = Math.min(factor, share(distance, r + next[3 * j + 2]));
    }
  }
  return next.map((v, k) => (k % 3 === 2 ? Math.max(0, v * factor - ROUNDING) : v));
}

/** How much of `wanted` there is room for; all of what is 0. */
function share(room, wanted) {
  return wanted > 0 ? room / wanted : 1;
}
