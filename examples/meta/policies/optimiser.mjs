/**
 * The step of every weight of a small net, from its gradients: a rule of training. The nets are 2-6-1 with tanh, each
 * has its own problem of 48 points and 40 steps. Cost: mean log10 loss over the last 10 steps. Features, each over the
 * net's own scale of gradients at the start: `gradient`; `momentum`, its running mean (0.9); `size`, the running root
 * mean square (0.97); and `progress`, the share of steps. The signal is the step, clipped to [−1, 1].
 */
import { columnsOf, random } from './random.mjs';

const inputs = ['gradient', 'momentum', 'size', 'progress'];
const HIDDEN = 6;
const WEIGHTS = 4 * HIDDEN + 1;
const LAST = 10;
const TARGETS = [
  (x, y) => Math.sin(2 * x) * y,
  (x, y) => Math.tanh(3 * x * y),
  (x, y) => x * x - y * y,
  (x, y) => Math.sin(3 * x + y),
  (x, y) => (x * y > 0 ? 1 : -1),
  (x, y) => Math.exp(-2 * (x * x + y * y)),
];

function problemOf(rng, target, points) {
  const xs = Float64Array.from({ length: 2 * points }, () => rng.between(-1.5, 1.5));
  const wanted = Float64Array.from({ length: points }, (_, i) => target(xs[2 * i], xs[2 * i + 1]));
  const begin = Float64Array.from({ length: WEIGHTS }, () => 0.6 * rng.normal());
  return { xs, wanted, begin };
}

/** Mean squared error; adds its gradient. Weights: per hidden unit two inputs, bias and output; then the last bias. */
function lossOf(weights, { xs, wanted }, gradient) {
  const points = wanted.length;
  const hidden = new Float64Array(HIDDEN);
  let sum = 0;
  for (let i = 0; i < points; i++) {
    const x = xs[2 * i];
    const y = xs[2 * i + 1];
    let out = weights[4 * HIDDEN];
    for (let h = 0; h < HIDDEN; h++) {
      const at = 4 * h;
      hidden[h] = Math.tanh(weights[at] * x + weights[at + 1] * y + weights[at + 2]);
      out += weights[at + 3] * hidden[h];
    }
    const error = out - wanted[i];
    sum += error * error;
    const slope = (2 * error) / points;
    gradient[4 * HIDDEN] += slope;
    for (let h = 0; h < HIDDEN; h++) {
      const at = 4 * h;
      const back = slope * weights[at + 3] * (1 - hidden[h] * hidden[h]);
      gradient[at] += back * x;
      gradient[at + 1] += back * y;
      gradient[at + 2] += back;
      gradient[at + 3] += slope * hidden[h];
    }
  }
  return sum / points;
}

function build(seed, { nets, points, steps }) {
  const rng = random(seed);
  const problems = Array.from({ length: nets }, (_, at) => problemOf(rng, TARGETS[at], points));
  const rows = columnsOf(inputs, nets * WEIGHTS);
  const { columns } = rows;
  const weights = new Float64Array(rows.length);
  const gradients = new Float64Array(rows.length);
  const momentum = new Float64Array(rows.length);
  const square = new Float64Array(rows.length);
  const scale = new Float64Array(nets);
  const observe = (step) => {
    const keep = step === 0 ? 0 : 1;
    for (let row = 0; row < rows.length; row++) {
      const gradient = gradients[row] / scale[(row / WEIGHTS) | 0];
      momentum[row] = keep * 0.9 * momentum[row] + (1 - keep * 0.9) * gradient;
      square[row] = keep * 0.97 * square[row] + (1 - keep * 0.97) * gradient * gradient;
      columns.gradient[row] = gradient;
      columns.momentum[row] = momentum[row];
      columns.size[row] = Math.sqrt(square[row]);
    }
    columns.progress.fill(step / steps);
  };
  return {
    groupSize: 1,
    isValued: true,
    cost(policy) {
      let sum = 0;
      for (const [net, { begin }] of problems.entries()) weights.set(begin, net * WEIGHTS);
      for (let step = 0; step < steps; step++) {
        gradients.fill(0);
        for (const [net, problem] of problems.entries()) {
          const part = (all) => all.subarray(net * WEIGHTS, (net + 1) * WEIGHTS);
          const own = part(gradients);
          const loss = lossOf(part(weights), problem, own);
          if (step === 0) {
            scale[net] = Math.sqrt(own.reduce((all, one) => all + one * one, 0) / WEIGHTS);
          }
          if (step >= steps - LAST) sum += Math.log10(Math.max(1e-8, Math.min(1e8, loss)));
        }
        observe(step);
        const signal = policy(rows);
        for (let row = 0; row < rows.length; row++) {
          weights[row] += Math.max(-1, Math.min(1, signal[row]));
        }
      }
      return sum / (nets * LAST);
    },
  };
}

export const families = [
  {
    name: 'optimiser',
    split: 'held-out',
    slot: { name: 'step', inputs },
    /** Momentum, a tenth of a step. */
    start: '{"step":["*",["c",-0.1],["v","momentum"]]}',
    sizes: {
      full: { nets: 6, points: 48, steps: 40 },
      twin: { nets: 2, points: 12, steps: 20 },
    },
    build,
  },
];
