/**
 * Requests that arrive at servers of different speeds: which queue? Cost: mean time in the system over mean work.
 * Arrivals keep them 85 % busy; works are exponential. Features: `waiting`, requests in a queue in tens; `speed` over
 * the mean; `work`, of this request, in means; `since`, the time since a server last got one.
 */
import { columnsOf, random } from './random.mjs';

const inputs = ['waiting', 'speed', 'work', 'since'];
const BUSY = 0.85;

function build(seed, { sets, servers, requests }) {
  const rng = random(seed);
  const exponential = () => -Math.log(1 - rng.float());
  const length = sets * servers;
  const rows = columnsOf(inputs, length);
  const { columns } = rows;
  const speed = Float64Array.from({ length }, () => rng.between(0.3, 2));
  const rate = Float64Array.from({ length: sets }, (_, set) => {
    return (
      BUSY * speed.slice(set * servers, (set + 1) * servers).reduce((sum, one) => sum + one, 0)
    );
  });
  const works = Float64Array.from({ length: sets * requests }, exponential);
  const gaps = Float64Array.from({ length: sets * requests }, exponential);
  columns.speed.set(speed);
  return {
    groupSize: servers,
    open: new Uint8Array(length).fill(1),
    cost(policy) {
      const free = new Float64Array(length);
      const last = new Float64Array(length);
      const now = new Float64Array(sets);
      const ends = Array.from({ length }, () => []);
      let total = 0;
      for (let at = 0; at < requests; at++) {
        for (let row = 0; row < length; row++) {
          const set = (row / servers) | 0;
          if (row % servers === 0) now[set] += gaps[set * requests + at] / rate[set];
          const queue = ends[row];
          while (queue.length > 0 && queue[0] <= now[set]) queue.shift();
          columns.waiting[row] = queue.length / 10;
          columns.work[row] = works[set * requests + at];
          columns.since[row] = now[set] - last[row];
        }
        const values = policy(rows);
        for (let set = 0; set < sets; set++) {
          let best = set * servers;
          for (let row = best + 1; row < (set + 1) * servers; row++) {
            if (values[row] > values[best]) best = row;
          }
          const begin = Math.max(now[set], free[best]);
          free[best] = begin + works[set * requests + at] / speed[best];
          last[best] = now[set];
          ends[best].push(free[best]);
          total += free[best] - now[set];
        }
      }
      return total / (sets * requests);
    },
  };
}

export const families = [
  {
    name: 'balancing',
    split: 'train',
    slot: { name: 'priority', inputs },
    /** The shortest queue. */
    start: '{"priority":["neg",["v","waiting"]]}',
    sizes: {
      full: { sets: 6, servers: 6, requests: 150 },
      twin: { sets: 2, servers: 6, requests: 80 },
    },
    build,
  },
];
