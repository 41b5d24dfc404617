/** Whether an answer is right: what is measured is the time, which the evaluator takes. */
/** mulberry32: numbers from 0, included, to 1, excluded. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function instances(seed) {
  const random = numbers(seed);
  const length = 500 + Math.floor(random() * 201);
  const coordinate = () => Math.floor(random() * 10_001);
  return [Array.from({ length }, () => [coordinate(), coordinate()])];
}

export function score({ input: [points], output }) {
  if (!Array.isArray(output)) throw new Error('not a list');
  if (output.length !== points.length) throw new Error('not an index for each point');
  const xs = Float64Array.from(points, ([x]) => x);
  const ys = Float64Array.from(points, ([, y]) => y);
  for (let i = 0; i < xs.length; i += 1) {
    if (output[i] !== nearest(xs, ys, i)) throw new Error(`another is nearer to point ${i}`);
  }
  return 1;
}

function nearest(xs, ys, i) {
  let best = Number.POSITIVE_INFINITY;
  let at = -1;
  for (let j = 0; j < xs.length; j += 1) {
    const square = (xs[i] - xs[j]) ** 2 + (ys[i] - ys[j]) ** 2;
    if (j !== i && square < best) {
      best = square;
      at = j;
    }
  }
  return at;
}
