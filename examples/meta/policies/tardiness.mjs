/**
 * One machine, jobs with weights and due dates: which job next? Cost: weighted tardiness over weighted work.
 * Due dates as in Potts & Van Wassenhove (1982): tardiness factor 0.6, range 0.6. Features in mean processing
 * times: `work`; `slack` to the due date, negative when late; `weight` in means; `left`, the share of jobs.
 */
import { bestOpen, columnsOf, random } from './random.mjs';

const inputs = ['work', 'weight', 'slack', 'left'];
const FACTOR = 0.6;
const RANGE = 0.6;

function build(seed, { sets, jobs }) {
  const rng = random(seed);
  const length = sets * jobs;
  const work = Float64Array.from({ length }, () => rng.int(1, 100) / 50);
  const weight = Float64Array.from({ length }, () => rng.int(1, 10) / 5);
  const due = Float64Array.from({ length }, () =>
    Math.max(0, jobs * rng.between(1 - FACTOR - RANGE / 2, 1 - FACTOR + RANGE / 2)),
  );
  const rows = columnsOf(inputs, length);
  const open = new Uint8Array(length);
  let scale = 0;
  for (let j = 0; j < length; j++) scale += work[j] * weight[j];
  return {
    groupSize: jobs,
    open,
    cost(policy) {
      const now = new Float64Array(sets);
      const { columns } = rows;
      columns.work.set(work);
      columns.weight.set(weight);
      open.fill(1);
      let late = 0;
      for (let step = 0; step < jobs; step++) {
        columns.left.fill(1 - step / jobs);
        for (let j = 0; j < length; j++) columns.slack[j] = due[j] - work[j] - now[(j / jobs) | 0];
        const values = policy(rows);
        for (let set = 0; set < sets; set++) {
          const job = bestOpen(values, open, { from: set * jobs, to: (set + 1) * jobs });
          open[job] = 0;
          now[set] += work[job];
          late += weight[job] * Math.max(0, now[set] - due[job]);
        }
      }
      return late / scale;
    },
  };
}

export const families = [
  {
    name: 'tardiness',
    split: 'train',
    slot: { name: 'priority', inputs },
    /** Weighted shortest work first. */
    start: '{"priority":["/",["v","weight"],["v","work"]]}',
    sizes: { full: { sets: 10, jobs: 30 }, twin: { sets: 3, jobs: 20 } },
    build,
  },
];
