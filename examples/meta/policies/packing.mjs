/**
 * Online bin packing: items come one by one, each goes into an open bin or a new one. Cost: bins above the volume
 * bound, in percent. Features as shares of a bin: `item`, and `slack`, the room left once the item is in. The
 * numbers are whole, so every (item, room) pair is a row, and packing looks values up.
 */
import { columnsOf, random } from './random.mjs';

const inputs = ['item', 'slack'];

/** A family of its own for each distribution of items. */
export function family({ name, split, capacity, sample, full, twin }) {
  return {
    name,
    split,
    slot: { name: 'priority', inputs },
    /** Best fit: the fullest bin. */
    start: '{"priority":["neg",["v","slack"]]}',
    sizes: { full, twin },
    build: (seed, size) => build({ capacity, sample }, random(seed), size),
  };
}

function build({ capacity, sample }, rng, { sets, items }) {
  const lists = Array.from({ length: sets }, () =>
    Int32Array.from({ length: items }, () =>
      Math.max(1, Math.min(capacity, Math.round(sample(rng)))),
    ),
  );
  const kinds = [...new Set(lists.flatMap((list) => [...list]))].sort((a, b) => a - b);
  const groupSize = capacity + 1;
  const rows = columnsOf(inputs, kinds.length * groupSize);
  const open = new Uint8Array(rows.length);
  const tableOf = new Int32Array(capacity + 1);
  for (const [at, item] of kinds.entries()) {
    tableOf[item] = at * groupSize;
    for (let room = item; room <= capacity; room++) {
      const row = at * groupSize + room;
      rows.columns.item[row] = item / capacity;
      rows.columns.slack[row] = (room - item) / capacity;
      open[row] = 1;
    }
  }
  return {
    groupSize,
    open,
    cost(policy) {
      const values = policy(rows);
      const excess = lists.map((list) => excessOf(list, { values, tableOf, capacity }));
      return excess.reduce((sum, one) => sum + one, 0) / sets;
    },
  };
}

/** Of equal bins the fullest; an empty bin of full room is always at hand. */
function excessOf(list, { values, tableOf, capacity }) {
  const bins = new Int32Array(capacity + 1);
  let used = 0;
  let volume = 0;
  for (const item of list) {
    const table = tableOf[item];
    let room = capacity;
    let highest = values[table + capacity];
    for (let other = capacity - 1; other >= item; other--) {
      if (bins[other] > 0 && values[table + other] >= highest) {
        highest = values[table + other];
        room = other;
      }
    }
    if (room === capacity && bins[capacity] === 0) used += 1;
    else bins[room] -= 1;
    bins[room - item] += 1;
    volume += item;
  }
  return 100 * (used / Math.ceil(volume / capacity) - 1);
}

export const families = [
  family({
    name: 'packing-uniform',
    split: 'train',
    capacity: 150,
    sample: (rng) => rng.int(20, 100),
    full: { sets: 3, items: 250 },
    twin: { sets: 1, items: 100 },
  }),
  family({
    name: 'packing-weibull',
    split: 'train',
    capacity: 100,
    sample: (rng) => rng.weibull(45, 3),
    full: { sets: 1, items: 1000 },
    twin: { sets: 1, items: 200 },
  }),
  family({
    name: 'packing-large',
    split: 'held-out',
    capacity: 100,
    sample: (rng) => rng.weibull(38, 2.2),
    full: { sets: 4, items: 5000 },
    twin: { sets: 1, items: 400 },
  }),
];
