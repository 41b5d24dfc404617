/**
 * Sets with prices until every element is covered, chosen one by one. Cost: what they cost together, over the number
 * of elements. Features: `price` in means; `fresh`, elements a set would newly cover, in tens; `rare`, the sum over
 * them of 1 / (sets that hold one); `share`, of a set's elements those that are fresh; `left`, share of elements.
 */
import { bestOpen, columnsOf, random } from './random.mjs';

const inputs = ['price', 'fresh', 'rare', 'share', 'left'];

function problemOf(rng, { elements, choices, density }) {
  const sets = Array.from({ length: choices }, () => []);
  const holders = Array.from({ length: elements }, () => []);
  for (let e = 0; e < elements; e++) {
    for (let s = 0; s < choices; s++) {
      if (rng.float() < density) holders[e].push(s);
    }
    while (holders[e].length < 2) holders[e].push(rng.int(0, choices - 1));
    for (const s of holders[e]) sets[s].push(e);
  }
  const prices = sets.map(
    (of) => (rng.between(0.4, 1.6) * (1 + of.length)) / (1 + elements * density),
  );
  return { sets, holders, prices };
}

function build(seed, size) {
  const { problems: count, elements, choices } = size;
  const rng = random(seed);
  const problems = Array.from({ length: count }, () => problemOf(rng, size));
  const rows = columnsOf(inputs, count * choices);
  const open = new Uint8Array(rows.length);
  const { columns } = rows;
  const covered = new Uint8Array(count * elements);
  const start = () => {
    open.fill(1);
    covered.fill(0);
    columns.left.fill(1);
    columns.share.fill(1);
    for (const [p, { sets, holders, prices }] of problems.entries()) {
      for (let s = 0; s < choices; s++) {
        const row = p * choices + s;
        columns.price[row] = prices[s];
        columns.fresh[row] = sets[s].length / 10;
        columns.rare[row] = sets[s].reduce((sum, e) => sum + 1 / holders[e].length, 0);
      }
    }
  };
  const cover = (p, row) => {
    const { sets, holders } = problems[p];
    let done = 0;
    for (const e of sets[row - p * choices]) {
      if (covered[p * elements + e] === 1) continue;
      covered[p * elements + e] = 1;
      done += 1;
      for (const s of holders[e]) {
        columns.fresh[p * choices + s] -= 0.1;
        columns.rare[p * choices + s] -= 1 / holders[e].length;
      }
    }
    for (let s = 0; s < choices; s++) {
      const other = p * choices + s;
      columns.share[other] = (columns.fresh[other] * 10) / Math.max(1, sets[s].length);
      if (columns.fresh[other] < 0.05) open[other] = 0;
    }
    return done;
  };
  return {
    groupSize: choices,
    open,
    cost(policy) {
      const left = new Int32Array(count).fill(elements);
      let paid = 0;
      start();
      while (left.some((one) => one > 0)) {
        const values = policy(rows);
        for (const [p, { prices }] of problems.entries()) {
          if (left[p] <= 0) continue;
          const range = { from: p * choices, to: (p + 1) * choices };
          const row = bestOpen(values, open, range);
          paid += prices[row - p * choices];
          open[row] = 0;
          left[p] -= cover(p, row);
          columns.left.fill(left[p] / elements, range.from, range.to);
        }
      }
      return paid / (count * elements);
    },
  };
}

export const families = [
  {
    name: 'set-cover',
    split: 'held-out',
    slot: { name: 'priority', inputs },
    /** Most fresh elements for the price (Chvátal 1979). */
    start: '{"priority":["/",["v","fresh"],["v","price"]]}',
    sizes: {
      full: { problems: 10, elements: 160, choices: 140, density: 0.05 },
      twin: { problems: 1, elements: 50, choices: 40, density: 0.12 },
    },
    build,
  },
];
