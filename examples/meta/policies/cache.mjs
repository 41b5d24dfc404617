/**
 * A cache: when it is full, what has the lowest value leaves. Cost: share of requests that miss. Requests follow a
 * Zipf law whose ranks drift, with a scan through cold pages now and then. Features: `age` since the last request and
 * `stay` since it came in, both in sizes of the cache; `hits` since then; `gap`, the last time between two of its
 * requests.
 */
import { columnsOf, random } from './random.mjs';

const inputs = ['age', 'stay', 'hits', 'gap'];
const PAGES = 120;
const SCAN = 20;

function traceOf(rng, requests) {
  const ranks = Int32Array.from({ length: PAGES }, (_, i) => i);
  const trace = [];
  let cold = PAGES;
  while (trace.length < requests) {
    if (rng.float() < 0.01) for (let i = 0; i < SCAN; i++) trace.push(cold++);
    if (rng.float() < 0.1) {
      const [a, b] = [rng.int(0, PAGES - 1), rng.int(0, PAGES - 1)];
      [ranks[a], ranks[b]] = [ranks[b], ranks[a]];
    }
    trace.push(ranks[Math.min(PAGES - 1, Math.floor(PAGES ** rng.float()) - 1)]);
  }
  return trace.slice(0, requests);
}

/** −1 where it is in none of the places. */
function placeOf(page, wanted, { from, to }) {
  for (let row = from; row < to; row++) if (page[row] === wanted) return row;
  return -1;
}

function lowest(values, { from, to }) {
  let found = from;
  for (let row = from + 1; row < to; row++) if (values[row] < values[found]) found = row;
  return found;
}

function build(seed, { sets, requests, places }) {
  const rng = random(seed);
  const traces = Array.from({ length: sets }, () => traceOf(rng, requests));
  const length = sets * places;
  const rows = columnsOf(inputs, length);
  const open = new Uint8Array(length).fill(1);
  const { columns } = rows;
  /** What the rows of this moment are worth; asked at most once a moment, for all caches. */
  const ask = (policy, time, { used, came }) => {
    for (let row = 0; row < length; row++) {
      columns.age[row] = (time - used[row]) / places;
      columns.stay[row] = (time - came[row]) / places;
    }
    return policy(rows);
  };
  return {
    groupSize: places,
    open,
    cost(policy) {
      const page = new Int32Array(length).fill(-1);
      const used = new Int32Array(length);
      const came = new Int32Array(length);
      columns.hits.fill(0);
      columns.gap.fill(0);
      let misses = 0;
      const serve = (row, time, wanted) => {
        if (page[row] === wanted) {
          columns.hits[row] += 1;
          columns.gap[row] = (time - used[row]) / places;
        } else {
          misses += 1;
          page[row] = wanted;
          came[row] = time;
          columns.hits[row] = 0;
          columns.gap[row] = 4;
        }
        used[row] = time;
      };
      for (let time = 0; time < requests; time++) {
        let values;
        for (let set = 0; set < sets; set++) {
          const wanted = traces[set][time];
          const range = { from: set * places, to: (set + 1) * places };
          let row = placeOf(page, wanted, range);
          if (row < 0) row = placeOf(page, -1, range);
          if (row < 0) {
            values ??= ask(policy, time, { used, came });
            row = lowest(values, range);
          }
          serve(row, time, wanted);
        }
      }
      return misses / (sets * requests);
    },
  };
}

export const families = [
  {
    name: 'cache',
    split: 'train',
    slot: { name: 'worth', inputs },
    /** Least recently used leaves. */
    start: '{"worth":["neg",["v","age"]]}',
    sizes: {
      full: { sets: 4, requests: 240, places: 16 },
      twin: { sets: 1, requests: 160, places: 16 },
    },
    build,
  },
];
