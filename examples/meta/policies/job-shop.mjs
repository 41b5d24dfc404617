/**
 * Jobs that visit all machines, each in its own order: which of the jobs that want a machine first? Active schedules
 * (Giffler & Thompson 1960). Cost: length of the schedule over its lower bound (longest job, busiest machine).
 * Features in mean works: `work` of the operation; `left`, work of the job after it; `steps` after it, in tens; `wait`,
 * from the machine's being free to the job's being there; `next`, work that still wants the machine it goes to then.
 */
import { bestOpen, columnsOf, random } from './random.mjs';

const inputs = ['work', 'left', 'steps', 'wait', 'next'];
const MEAN = 50;

function shopOf(rng, { jobs, machines }) {
  const orders = Array.from({ length: jobs }, () => {
    const order = Int32Array.from({ length: machines }, (_, m) => m);
    for (let i = machines - 1; i > 0; i--) {
      const j = rng.int(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  });
  const works = orders.map((order) => Float64Array.from(order, () => rng.int(1, 99) / MEAN));
  const load = new Float64Array(machines);
  for (const [j, order] of orders.entries()) {
    for (const [k, m] of order.entries()) load[m] += works[j][k];
  }
  const longest = Math.max(...works.map((of) => of.reduce((sum, one) => sum + one, 0)));
  return { orders, works, load, bound: Math.max(longest, ...load) };
}

function build(seed, size) {
  const { sets, jobs, machines } = size;
  const rng = random(seed);
  const shops = Array.from({ length: sets }, () => shopOf(rng, size));
  const length = sets * jobs;
  const rows = columnsOf(inputs, length);
  const open = new Uint8Array(length);
  const { columns } = rows;
  const at = new Int32Array(length);
  const ready = new Float64Array(length);
  const free = new Float64Array(sets * machines);
  const want = new Float64Array(sets * machines);

  /** Opens the jobs that conflict on the machine where something could be over first. */
  const conflict = (set) => {
    const { orders, works } = shops[set];
    let first = Number.POSITIVE_INFINITY;
    let chosen = 0;
    for (let j = 0; j < jobs; j++) {
      const k = at[set * jobs + j];
      if (k === machines) continue;
      const m = orders[j][k];
      const over = Math.max(ready[set * jobs + j], free[set * machines + m]) + works[j][k];
      if (over < first) [first, chosen] = [over, m];
    }
    for (let j = 0; j < jobs; j++) {
      const row = set * jobs + j;
      const k = at[row];
      open[row] = 0;
      if (k === machines || orders[j][k] !== chosen) continue;
      if (Math.max(ready[row], free[set * machines + chosen]) >= first) continue;
      open[row] = 1;
      columns.wait[row] = Math.max(0, ready[row] - free[set * machines + chosen]);
    }
  };
  /** What a job's row says of the operation it has come to. */
  const describe = (set, j) => {
    const { orders, works } = shops[set];
    const row = set * jobs + j;
    const k = at[row];
    if (k === machines) return;
    columns.work[row] = works[j][k];
    columns.steps[row] = (machines - 1 - k) / 10;
    columns.next[row] = k + 1 < machines ? want[set * machines + orders[j][k + 1]] / jobs : 0;
  };
  const start = () => {
    at.fill(0);
    ready.fill(0);
    free.fill(0);
    for (const [set, { works, load }] of shops.entries()) {
      want.set(load, set * machines);
      for (let j = 0; j < jobs; j++) {
        const total = works[j].reduce((sum, one) => sum + one, 0);
        columns.left[set * jobs + j] = total - works[j][0];
        describe(set, j);
      }
    }
  };
  const schedule = (set, row) => {
    const { orders, works } = shops[set];
    const j = row - set * jobs;
    const k = at[row];
    const machine = set * machines + orders[j][k];
    const over = Math.max(ready[row], free[machine]) + works[j][k];
    ready[row] = over;
    free[machine] = over;
    want[machine] -= works[j][k];
    at[row] = k + 1;
    if (k + 1 < machines) columns.left[row] -= works[j][k + 1];
    describe(set, j);
    return over;
  };
  return {
    groupSize: jobs,
    open,
    cost(policy) {
      const ends = new Float64Array(sets);
      start();
      for (let step = 0; step < jobs * machines; step++) {
        for (let set = 0; set < sets; set++) conflict(set);
        const values = policy(rows);
        for (let set = 0; set < sets; set++) {
          const row = bestOpen(values, open, { from: set * jobs, to: (set + 1) * jobs });
          ends[set] = Math.max(ends[set], schedule(set, row));
        }
      }
      return ends.reduce((sum, end, set) => sum + end / shops[set].bound, 0) / sets;
    },
  };
}

export const families = [
  {
    name: 'job-shop',
    split: 'held-out',
    slot: { name: 'priority', inputs },
    /** Most work remaining. */
    start: '{"priority":["+",["v","work"],["v","left"]]}',
    sizes: {
      full: { sets: 18, jobs: 20, machines: 5 },
      twin: { sets: 3, jobs: 8, machines: 4 },
    },
    build,
  },
];
