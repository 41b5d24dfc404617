/**
 * A formula from its values: cost is the root mean squared error over the spread of the values. Targets: Koza's quartic
 * and Nguyen 7 with half an x (Uy et al. 2011), Keijzer 4's shape without its decay (2003), Vladislavleva 1 (2009).
 */
import { columnsOf, random } from './random.mjs';

function family({ name, split, inputs, start, target, draw, sizes }) {
  const build = (seed, { points }) => {
    const rng = random(seed);
    const rows = columnsOf(inputs, points);
    const wanted = new Float64Array(points);
    for (let r = 0; r < points; r++) {
      const point = inputs.map(() => draw(rng));
      for (const [at, input] of inputs.entries()) rows.columns[input][r] = point[at];
      wanted[r] = target(...point);
    }
    const mean = wanted.reduce((sum, one) => sum + one, 0) / points;
    const spread = Math.sqrt(wanted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / points);
    return {
      groupSize: 1,
      isValued: true,
      cost(policy) {
        const values = policy(rows);
        let sum = 0;
        for (let r = 0; r < points; r++) sum += (values[r] - wanted[r]) ** 2;
        return Math.min(1e6, Math.sqrt(sum / points) / spread);
      },
    };
  };
  return { name, split, slot: { name: 'value', inputs }, start, sizes, build };
}

/** Of a formula nobody knows, the input itself. */
const START = '{"value":["v","x"]}';
const SMALL = { full: { points: 40 }, twin: { points: 12 } };

export const families = [
  family({
    name: 'quartic',
    split: 'train',
    inputs: ['x'],
    start: START,
    target: (x) => x ** 4 + x ** 3 + x ** 2 + x,
    draw: (rng) => rng.between(-1, 1),
    sizes: SMALL,
  }),
  family({
    name: 'waves',
    split: 'train',
    inputs: ['x'],
    start: START,
    target: (x) => 0.3 * x * Math.sin(2 * Math.PI * x) + 0.2 * x,
    draw: (rng) => rng.between(-1, 1),
    sizes: SMALL,
  }),
  family({
    name: 'logarithms',
    split: 'held-out',
    inputs: ['x'],
    start: START,
    target: (x) => Math.log(x + 1) + Math.log(x * x + 1) + x / 2,
    draw: (rng) => rng.between(0, 2),
    sizes: SMALL,
  }),
  family({
    name: 'ridge',
    split: 'held-out',
    inputs: ['x', 'y'],
    start: START,
    target: (x, y) => Math.exp(-((x - 1) ** 2)) / (1.2 + (y - 2.5) ** 2),
    draw: (rng) => rng.between(0.3, 4),
    sizes: { full: { points: 100 }, twin: { points: 25 } },
  }),
];
