/**
 * Knapsack with several limits: items are taken in the order of their priority as long as they fit. Cost: value
 * left behind, as a share. Values are correlated with weights (Chu & Beasley 1998). Features: `value`; `use`, the
 * mean share of a limit an item takes; `worst`, the largest; `scarce`, the mean weighted by how scarce a limit is;
 * all in units of their mean.
 */
import { bestOpen, columnsOf, random } from './random.mjs';

const inputs = ['value', 'use', 'worst', 'scarce'];
const LIMITS = 5;

function itemsOf(rng, items) {
  const weights = Array.from({ length: items }, () =>
    Float64Array.from({ length: LIMITS }, () => rng.int(1, 100)),
  );
  const values = weights.map(
    (of) => of.reduce((sum, one) => sum + one, 0) / LIMITS + rng.int(0, 50),
  );
  const limits = Float64Array.from({ length: LIMITS }, (_, k) => {
    const all = weights.reduce((sum, of) => sum + of[k], 0);
    return all * rng.between(0.2, 0.6);
  });
  return { weights, values, limits };
}

function featuresOf({ weights, values, limits }) {
  const all = limits.map((_, k) => weights.reduce((sum, of) => sum + of[k], 0));
  return weights.map((of, i) => {
    const shares = [...of].map((one, k) => one / limits[k]);
    const scarce = shares.map((share, k) => share * (all[k] / limits[k]));
    const mean = (list) => list.reduce((sum, one) => sum + one, 0) / LIMITS;
    return [values[i], mean(shares), Math.max(...shares), mean(scarce)];
  });
}

function build(seed, { sets, items }) {
  const rng = random(seed);
  const problems = Array.from({ length: sets }, () => itemsOf(rng, items));
  const rows = columnsOf(inputs, sets * items);
  for (const [set, problem] of problems.entries()) {
    const features = featuresOf(problem);
    for (const [at, name] of inputs.entries()) {
      const mean = features.reduce((sum, of) => sum + of[at], 0) / items;
      for (const [i, of] of features.entries()) {
        rows.columns[name][set * items + i] = of[at] / mean;
      }
    }
  }
  const open = new Uint8Array(rows.length);
  const takenValue = (values, set) => {
    const { weights, values: worth, limits } = problems[set];
    const room = Float64Array.from(limits);
    let taken = 0;
    for (let step = 0; step < items; step++) {
      const row = bestOpen(values, open, { from: set * items, to: (set + 1) * items });
      open[row] = 0;
      const item = row - set * items;
      if (!room.every((left, k) => weights[item][k] <= left)) continue;
      for (let k = 0; k < LIMITS; k++) room[k] -= weights[item][k];
      taken += worth[item];
    }
    return taken / worth.reduce((sum, one) => sum + one, 0);
  };
  return {
    groupSize: items,
    open: new Uint8Array(rows.length).fill(1),
    cost(policy) {
      const values = policy(rows);
      open.fill(1);
      let taken = 0;
      for (let set = 0; set < sets; set++) taken += takenValue(values, set);
      return 1 - taken / sets;
    },
  };
}

export const families = [
  {
    name: 'knapsack',
    split: 'train',
    slot: { name: 'priority', inputs },
    /** The most valuable first. */
    start: '{"priority":["v","value"]}',
    sizes: { full: { sets: 8, items: 40 }, twin: { sets: 2, items: 40 } },
    build,
  },
];
