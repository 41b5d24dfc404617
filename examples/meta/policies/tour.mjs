/**
 * A tour through all cities of the unit square, built city by city. Cost: length over √(cities). Features, in
 * lengths of √(1/cities): `near`, the distance to a city; `home`, from it back to the first one; `ahead`, its mean
 * distance to the cities that would be left; `left`, the share of cities.
 */
import { bestOpen, columnsOf, random } from './random.mjs';

const inputs = ['near', 'home', 'ahead', 'left'];

function distancesOf(rng, cities) {
  const points = Array.from({ length: cities }, () => [rng.float(), rng.float()]);
  const scale = Math.sqrt(cities);
  return points.map(([x, y]) =>
    Float64Array.from(points, ([u, v]) => scale * Math.hypot(x - u, y - v)),
  );
}

function build(seed, { sets, cities }) {
  const rng = random(seed);
  const maps = Array.from({ length: sets }, () => distancesOf(rng, cities));
  const rows = columnsOf(inputs, sets * cities);
  const open = new Uint8Array(rows.length);
  const total = new Float64Array(rows.length);
  const start = () => {
    open.fill(1);
    for (const [set, map] of maps.entries()) {
      for (let city = 0; city < cities; city++) {
        const row = set * cities + city;
        rows.columns.home[row] = map[city][0];
        total[row] = map[city].reduce((sum, one) => sum + one, 0);
      }
    }
  };
  const leave = (set, city) => {
    const own = maps[set][city];
    open[set * cities + city] = 0;
    for (let other = 0; other < cities; other++) total[set * cities + other] -= own[other];
  };
  return {
    groupSize: cities,
    open,
    cost(policy) {
      const at = new Int32Array(sets);
      let length = 0;
      start();
      for (let set = 0; set < sets; set++) leave(set, 0);
      for (let left = cities - 1; left > 0; left--) {
        rows.columns.left.fill(left / cities);
        for (let set = 0; set < sets; set++)
          rows.columns.near.set(maps[set][at[set]], set * cities);
        for (let row = 0; row < rows.length; row++) {
          rows.columns.ahead[row] = total[row] / Math.max(1, left - 1);
        }
        const values = policy(rows);
        for (let set = 0; set < sets; set++) {
          const row = bestOpen(values, open, { from: set * cities, to: (set + 1) * cities });
          length += rows.columns.near[row];
          at[set] = row - set * cities;
          leave(set, at[set]);
        }
      }
      for (let set = 0; set < sets; set++) length += maps[set][at[set]][0];
      return length / (sets * cities);
    },
  };
}

export const families = [
  {
    name: 'tour',
    split: 'train',
    slot: { name: 'priority', inputs },
    /** The nearest city. */
    start: '{"priority":["neg",["v","near"]]}',
    sizes: { full: { sets: 8, cities: 25 }, twin: { sets: 2, cities: 20 } },
    build,
  },
];
