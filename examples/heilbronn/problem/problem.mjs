/**
 * n points in the triangle (0,0) (1,0) (0,1), the smallest triangle of three of them as large as may
 * be. A point of the search is `least`, which no triangle may undercut, then x, y of point after
 * point; |det| of three points is the area of theirs as a share of the whole. Nothing here judges.
 */

/** Areas are a few hundredths; tolerances of the search are made for losses of magnitude 1. */
const SCALE = 5;

/** More than all roundings of doubles between 0 and 1 on the way to a constraint. */
const ROUNDING = 1e-15;

export function problem({ start }) {
  const n = (start.length - 1) / 2;
  if (!Number.isInteger(n) || n < 3) throw new Error('least and x, y of three points at least');
  const triples = triplesOf(n);
  return {
    equalities: 0,
    inequalities: 3 * n + triples.length,
    objective(x, gradient) {
      gradient[0] -= SCALE;
      return -SCALE * x[0];
    },
    constraints(x, values) {
      let at = 0;
      for (let i = 0; i < n; i++) {
        const [px, py] = [x[1 + 2 * i], x[2 + 2 * i]];
        values[at++] = -px;
        values[at++] = -py;
        values[at++] = px + py - 1;
      }
      for (const triple of triples) values[at++] = x[0] - Math.abs(det(x, triple));
    },
    addGradients(x, weights, gradient) {
      let at = 0;
      for (let i = 0; i < n; i++) {
        const [left, low, far] = [weights[at++], weights[at++], weights[at++]];
        gradient[1 + 2 * i] += far - left;
        gradient[2 + 2 * i] += far - low;
      }
      for (const triple of triples) {
        const weight = weights[at++];
        if (weight === 0) continue;
        gradient[0] += weight;
        addDet(x, triple, { gradient, by: det(x, triple) < 0 ? weight : -weight });
      }
    },
    start: (random) => repaired(scattered(n, random), triples),
    hop: (x, random) => hop(x, n, random),
    repair: (x) => repaired(x, triples),
  };
}

/** Index of x of each of three points. */
function triplesOf(n) {
  const triples = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      for (let k = 0; k < j; k++) triples.push([1 + 2 * i, 1 + 2 * j, 1 + 2 * k]);
    }
  }
  return triples;
}

function det(x, [a, b, c]) {
  return (x[b] - x[a]) * (x[c + 1] - x[a + 1]) - (x[c] - x[a]) * (x[b + 1] - x[a + 1]);
}

function addDet(x, [a, b, c], { gradient, by }) {
  gradient[a] += by * (x[b + 1] - x[c + 1]);
  gradient[b] += by * (x[c + 1] - x[a + 1]);
  gradient[c] += by * (x[a + 1] - x[b + 1]);
  gradient[a + 1] += by * (x[c] - x[b]);
  gradient[b + 1] += by * (x[a] - x[c]);
  gradient[c + 1] += by * (x[b] - x[a]);
}

/** Uniform in the triangle: the far half of the square is folded over. */
function anywhere(random) {
  const [px, py] = [random(), random()];
  return px + py > 1 ? [1 - px, 1 - py] : [px, py];
}

function scattered(n, random) {
  return Float64Array.of(0, ...Array.from({ length: n }, () => anywhere(random)).flat());
}

/** One of three moves: one to three points start anew, all tremble, one of them moves a little. */
function hop(x, n, random) {
  const next = x.slice();
  const any = () => 1 + 2 * Math.floor(random() * n);
  const move = random();
  if (move < 0.4) {
    for (let k = 1 + Math.floor(random() * 3); k > 0; k--) next.set(anywhere(random), any());
  } else if (move < 0.8) {
    for (let k = 1; k < next.length; k++) next[k] += 0.1 * (2 * random() - 1);
  } else {
    const at = any();
    for (const k of [at, at + 1]) next[k] += 0.4 * (2 * random() - 1);
  }
  return next;
}

/** Points pulled into the triangle, and `least` as their triangles have it. */
function repaired(x, triples) {
  const next = x.slice();
  for (let i = 1; i < next.length; i += 2) {
    const [px, py] = [Math.max(0, next[i]), Math.max(0, next[i + 1])];
    const far = Math.max(1, px + py) + (px + py > 1 ? ROUNDING : 0);
    next[i] = px / far;
    next[i + 1] = py / far;
  }
  next[0] = triples.reduce((least, triple) => Math.min(least, Math.abs(det(next, triple))), 1);
  return next;
}
