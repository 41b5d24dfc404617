/**
 * The in-process twin of main.mjs, used by search only: much faster, the same result bin for bin.
 *
 * Sizes are integers, so a policy is a table: its value for every (item, slack) that can occur. Bins
 * of equal room are the same, so a packing is a number of bins by room, and one bit per room says
 * whether there is any. The rooms an item may take at all (those whose priority reaches openNew) are
 * bits too, so that of a hundred rooms only the one or two that matter are ever compared.
 *
 * @typedef {Readonly<Record<string, Float64Array>>} Columns
 */
import { excessPercent, FAMILIES, familyOf, makeInstances, volumeBound } from './instances.mjs';

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
  const { instances, bound } = caseOf(params.family, seed);
  markWelcome(tables, family);
  let bins = 0;
  for (const instance of instances) bins += countBins(instance, tables.priority, family);
  return { excess: excessPercent(bins, bound) };
}

/** All candidates of an epoch share its training cases, those of a generation share one more. */
const KEPT_CASES = 64;

/**
 * @typedef {object} Case
 * @property {readonly import('./instances.mjs').Instance[]} instances
 * @property {number} bound volume bound of all of them together
 */

/** @type {Map<string, Case>} oldest use first */
const kept = new Map();

/**
 * @param {string} family
 * @param {number} seed
 * @returns {Case}
 */
function caseOf(family, seed) {
  const key = `${family} ${seed}`;
  const found = kept.get(key) ?? makeCase(family, seed);
  kept.delete(key);
  kept.set(key, found);
  if (kept.size > KEPT_CASES) kept.delete(kept.keys().next().value);
  return found;
}

function makeCase(family, seed) {
  const instances = makeInstances(family, seed);
  return { instances, bound: instances.reduce((sum, one) => sum + volumeBound(one), 0) };
}

/** Rooms count from the smallest item: below it a bin takes nothing any more and is forgotten. */
const WORDS = Math.ceil(LARGEST_CAPACITY / 32);

/** By room: the number of bins and, a bit each, whether there are any. */
const binsWithRoom = new Int32Array(32 * WORDS);
const openRooms = new Int32Array(WORDS);

/** By item, a bit for each room that it prefers to a new bin. Written anew by `markWelcome`. */
const welcomeRooms = new Int32Array(WORDS * (LARGEST_ITEM + 1));

function markWelcome({ priority, openNew }, family) {
  const { smallest, largest } = family;
  welcomeRooms.fill(0);
  for (let item = smallest; item <= largest; item++) {
    const row = firstRow[item];
    const least = openNew[item - 1];
    const slacks = mostRoom(family) - item;
    for (let slack = 0; slack <= slacks; slack++) {
      const room = item - smallest + slack;
      if (priority[row + slack] >= least) welcomeRooms[WORDS * item + (room >> 5)] |= 1 << room;
    }
  }
}

/**
 * As `packOnline`: the welcome open room of highest priority, the tightest on a tie.
 *
 * @param {import('./instances.mjs').Instance} instance
 * @param {Float64Array} priority
 * @param {import('./instances.mjs').Family} family
 * @returns {number} bins opened
 */
function countBins({ capacity, items }, priority, { smallest }) {
  binsWithRoom.fill(0);
  openRooms.fill(0);
  const lastWord = (capacity - 2 * smallest) >> 5;
  let opened = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const tightest = item - smallest;
    const row = firstRow[item] - tightest;
    let best = Number.NEGATIVE_INFINITY;
    let chosen = -1;
    for (let word = tightest >> 5; word <= lastWord; word++) {
      let bits = openRooms[word] & welcomeRooms[WORDS * item + word];
      for (; bits !== 0; bits &= bits - 1) {
        const room = 32 * word + 31 - Math.clz32(bits & -bits);
        const value = priority[row + room];
        if (value > best) {
          best = value;
          chosen = room;
        }
      }
    }
    let left = capacity - smallest - item;
    if (chosen < 0) {
      opened++;
    } else {
      left = chosen - item;
      if (--binsWithRoom[chosen] === 0) openRooms[chosen >> 5] ^= 1 << chosen;
    }
    if (left >= 0 && binsWithRoom[left]++ === 0) openRooms[left >> 5] ^= 1 << left;
  }
  return opened;
}
