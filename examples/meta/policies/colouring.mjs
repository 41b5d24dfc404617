/**
 * Colouring a graph vertex by vertex, each with the lowest colour that its neighbours leave. Cost: colours used,
 * and a tenth of the mean colour, so that orders that need equally many differ. Features as shares of all vertices:
 * `degree`; `open`, neighbours without a colour; `colours`, different colours among neighbours; `left`.
 */
import { bestOpen, columnsOf, random } from './random.mjs';

const inputs = ['degree', 'open', 'colours', 'left'];
const EDGE = 0.35;

function neighboursOf(rng, vertices) {
  const lists = Array.from({ length: vertices }, () => []);
  for (let a = 0; a < vertices; a++) {
    for (let b = a + 1; b < vertices; b++) {
      if (rng.float() >= EDGE) continue;
      lists[a].push(b);
      lists[b].push(a);
    }
  }
  return lists;
}

function build(seed, { sets, vertices }) {
  const rng = random(seed);
  const graphs = Array.from({ length: sets }, () => neighboursOf(rng, vertices));
  const rows = columnsOf(inputs, sets * vertices);
  const open = new Uint8Array(rows.length);
  /** Bit c of a vertex: a neighbour has colour c. Fewer than 31 colours are ever needed here. */
  const taken = new Int32Array(rows.length);
  const { columns } = rows;
  const start = () => {
    open.fill(1);
    taken.fill(0);
    columns.colours.fill(0);
    for (const [set, graph] of graphs.entries()) {
      for (const [v, near] of graph.entries()) {
        columns.degree[set * vertices + v] = near.length / vertices;
        columns.open[set * vertices + v] = near.length / vertices;
      }
    }
  };
  const paint = (set, row) => {
    let colour = 0;
    while ((taken[row] >> colour) & 1) colour += 1;
    open[row] = 0;
    for (const near of graphs[set][row - set * vertices]) {
      const other = set * vertices + near;
      columns.open[other] -= 1 / vertices;
      if ((taken[other] >> colour) & 1) continue;
      taken[other] |= 1 << colour;
      columns.colours[other] += 1 / vertices;
    }
    return colour;
  };
  return {
    groupSize: vertices,
    open,
    cost(policy) {
      const used = new Int32Array(sets);
      let sum = 0;
      start();
      for (let step = 0; step < vertices; step++) {
        columns.left.fill(1 - step / vertices);
        const values = policy(rows);
        for (let set = 0; set < sets; set++) {
          const range = { from: set * vertices, to: (set + 1) * vertices };
          const colour = paint(set, bestOpen(values, open, range));
          used[set] = Math.max(used[set], colour + 1);
          sum += colour;
        }
      }
      return used.reduce((all, one) => all + one, 0) / sets + sum / (10 * sets * vertices);
    },
  };
}

export const families = [
  {
    name: 'colouring',
    split: 'train',
    slot: { name: 'priority', inputs },
    /** The largest degree first (Welsh & Powell 1967). */
    start: '{"priority":["v","degree"]}',
    sizes: { full: { sets: 6, vertices: 36 }, twin: { sets: 2, vertices: 24 } },
    build,
  },
];
