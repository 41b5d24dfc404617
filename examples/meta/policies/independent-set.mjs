/**
 * Vertices of large weight, no two of them neighbours, chosen one by one. Cost: share of the weight left out. Features:
 * `weight` in means; `degree`, open neighbours in tens; `around`, their weight in tens of means; `second`, the mean of
 * their own open neighbours, in tens.
 */
import { bestOpen, columnsOf, random } from './random.mjs';

const inputs = ['weight', 'degree', 'around', 'second'];

function graphOf(rng, { vertices, edge }) {
  const lists = Array.from({ length: vertices }, () => []);
  for (let a = 0; a < vertices; a++) {
    for (let b = a + 1; b < vertices; b++) {
      if (rng.float() >= edge) continue;
      lists[a].push(b);
      lists[b].push(a);
    }
  }
  return lists;
}

function build(seed, size) {
  const { sets, vertices } = size;
  const rng = random(seed);
  const graphs = Array.from({ length: sets }, () => graphOf(rng, size));
  const length = sets * vertices;
  const weights = Float64Array.from({ length }, () => rng.int(1, 100) / 50);
  const rows = columnsOf(inputs, length);
  const open = new Uint8Array(length);
  const { columns } = rows;
  const all = weights.reduce((sum, one) => sum + one, 0);
  const refresh = (set) => {
    const base = set * vertices;
    const graph = graphs[set];
    for (let v = 0; v < vertices; v++) {
      if (open[base + v] === 0) continue;
      let degree = 0;
      let around = 0;
      for (const other of graph[v]) {
        if (open[base + other] === 0) continue;
        degree += 1;
        around += weights[base + other];
      }
      columns.degree[base + v] = degree / 10;
      columns.around[base + v] = around / 10;
    }
    for (let v = 0; v < vertices; v++) {
      if (open[base + v] === 0) continue;
      let second = 0;
      for (const other of graph[v]) {
        if (open[base + other] === 1) second += columns.degree[base + other];
      }
      const degree = columns.degree[base + v];
      columns.second[base + v] = degree > 0 ? second / (10 * degree) : 0;
    }
  };
  return {
    groupSize: vertices,
    open,
    cost(policy) {
      open.fill(1);
      columns.weight.set(weights);
      let chosen = 0;
      let left = graphs.map((_, set) => set);
      for (const set of left) refresh(set);
      while (left.length > 0) {
        const values = policy(rows);
        left = left.filter((set) => {
          const base = set * vertices;
          const row = bestOpen(values, open, { from: base, to: base + vertices });
          if (row < 0) return false;
          chosen += weights[row];
          open[row] = 0;
          for (const near of graphs[set][row - base]) open[base + near] = 0;
          refresh(set);
          return true;
        });
      }
      return 1 - chosen / all;
    },
  };
}

export const families = [
  {
    name: 'independent-set',
    split: 'held-out',
    slot: { name: 'priority', inputs },
    /** Weight over neighbours (Sakai, Togasaki & Yamazaki 2003). */
    start: '{"priority":["/",["v","weight"],["+",["v","degree"],["c",0.1]]]}',
    sizes: {
      full: { sets: 8, vertices: 110, edge: 0.06 },
      twin: { sets: 2, vertices: 40, edge: 0.12 },
    },
    build,
  },
];
