/**
 * The in-process twin of main.mjs, used by search only: about twenty times as fast, the same result.
 *
 * Sizes are integers, so a policy is a table: its value for every (item, slack) that can occur. Per
 * item size the rooms are sorted once by that value; packing an item is then a walk down its list to
 * the first room that some open bin has.
 *
 * @typedef {Readonly<Record<string, Float64Array>>} Columns
 */
import { excessOf, FAMILIES, familyOf, makeInstances } from './instances.mjs';

const families = Object.values(FAMILIES);
const LARGEST_ITEM = Math.max(...families.map(({ largest }) => largest));
const LARGEST_CAPACITY = Math.max(...families.map(({ capacity }) => capacity));

/** Most room an open bin can have: one smallest item is in it. */
const mostRoom = ({ capacity, smallest }) => capacity - smallest;

/** Most slack an item can leave, in any family that has the item; −1 if it never fits. */
function mostSlack(item) {
  const having = families.filter(({ smallest, largest }) => smallest <= item && item <= largest);
  return Math.max(-1, ...having.map((family) => mostRoom(family) - item));
}

const itemSizes = Array.from({ length: LARGEST_ITEM }, (_, i) => i + 1);
const pairs = itemSizes.flatMap((item) =>
  Array.from({ length: mostSlack(item) + 1 }, (_, slack) => ({ item, slack })),
);

/** Row of (item, 0) in the table of `priority`; its other slacks follow. */
const firstRow = new Int32Array(LARGEST_ITEM + 1);
pairs.forEach(({ item, slack }, row) => {
  if (slack === 0) firstRow[item] = row;
});

/** Every row a slot can be asked about. @type {Readonly<Record<string, Columns>>} */
export const rows = {
  priority: {
    item: Float64Array.from(pairs, ({ item }) => item),
    slack: Float64Array.from(pairs, ({ slack }) => slack),
  },
  openNew: { item: Float64Array.from(itemSizes) },
};

const GROUP_SIZE = 8;

/** Item sizes where both families have many items, with two ladders of slack in turn. */
const GROUP_ITEMS = [18, 24, 29, 34, 38, 43, 48, 54, 62, 75];
const SLACK_LADDERS = [
  [0, 1, 2, 4, 7, 12, 19, 30],
  [0, 3, 5, 8, 10, 15, 23, 45],
];

const options = GROUP_ITEMS.flatMap((item, group) =>
  SLACK_LADDERS[group % SLACK_LADDERS.length].map((slack) => ({ item, slack })),
);

/** Ten decisions between eight bins: policies that agree on all of them are taken for equal. */
export const situations = {
  groupSize: GROUP_SIZE,
  rows: {
    item: Float64Array.from(options, ({ item }) => item),
    slack: Float64Array.from(options, ({ slack }) => slack),
  },
};

/**
 * The metrics of the case of one seed.
 *
 * @param {Readonly<Record<string, Float64Array>>} tables a value for each of `rows`, by slot
 * @param {number} seed
 * @param {{ readonly family: string }} params
 * @returns {{ excess: number }}
 */
export function score(tables, seed, params) {
  const family = familyOf(params.family);
  const preference = sortRooms(tables, family);
  const packed = excessOf(casesOf(params.family, seed), (one) => countBins(one, preference));
  return { excess: packed };
}

/** A generation shares its seed, and a few generations may be under way at once. */
const KEPT_CASES = 16;

/** @type {Map<string, import('./instances.mjs').Instance[]>} oldest use first */
const kept = new Map();

/**
 * @param {string} family
 * @param {number} seed
 */
function casesOf(family, seed) {
  const key = `${family} ${seed}`;
  const instances = kept.get(key) ?? makeInstances(family, seed);
  kept.delete(key);
  kept.set(key, instances);
  if (kept.size > KEPT_CASES) kept.delete(kept.keys().next().value);
  return instances;
}

/** Stands at the end of each list of rooms: no bin is good enough, open a new one. */
const NEW_BIN = 0;

/** Written anew by every call of `sortRooms`. */
const lists = {
  rooms: new Uint8Array(pairs.length + LARGEST_ITEM + 1),
  start: new Int32Array(LARGEST_ITEM + 1),
};

/**
 * Per item size the rooms worth using, best first, tightest first on a tie. Neighbouring sizes have
 * similar lists, so each one starts from the order before it, which insertion then corrects.
 */
function sortRooms({ priority, openNew }, family) {
  const { rooms, start } = lists;
  let end = 0;
  let order = Uint8Array.from({ length: mostRoom(family) + 1 }, (_, slack) => slack);
  for (let item = family.smallest; item <= family.largest; item++) {
    const values = priority.subarray(firstRow[item]);
    order = order.filter((slack) => slack <= mostRoom(family) - item);
    sortByValue(order, values);
    start[item] = end;
    for (const slack of order) {
      if (!(values[slack] >= openNew[item - 1])) break;
      rooms[end++] = item + slack;
    }
    rooms[end++] = NEW_BIN;
  }
  return lists;
}

/** Insertion sort: highest value first, smallest slack first among equals. */
function sortByValue(order, values) {
  for (let i = 1; i < order.length; i++) {
    const slack = order[i];
    const value = values[slack];
    let at = i;
    while (at > 0 && comesAfter(order[at - 1], slack, values, value)) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = slack;
  }
}

function comesAfter(other, slack, values, value) {
  const its = values[other];
  return its < value || (its === value && other > slack);
}

const binsWithRoom = new Int32Array(LARGEST_CAPACITY + 1);

/**
 * @param {import('./instances.mjs').Instance} instance
 * @param {typeof lists} preference
 */
function countBins({ capacity, items }, { rooms, start }) {
  binsWithRoom.fill(0);
  binsWithRoom[NEW_BIN] = 1;
  let opened = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    let at = start[item];
    while (binsWithRoom[rooms[at]] === 0) at++;
    const room = rooms[at];
    let left = capacity - item;
    if (room === NEW_BIN) {
      opened++;
    } else {
      binsWithRoom[room]--;
      left = room - item;
    }
    if (left > 0) binsWithRoom[left]++;
  }
  return opened;
}
