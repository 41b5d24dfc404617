/**
 * What a found policy is measured against, on the same instances.
 *
 *     node baselines.mjs --family weibull --instances 20 --seed 1
 *     node baselines.mjs --family or3 --instances 200 --seed 1 --policy found.ts
 *     node baselines.mjs --file binpack3.txt
 */
import { resolve } from 'node:path';
import { argv, version } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { excessOf, familyOf, makeInstances } from './evaluator/instances.mjs';
import { packOnline } from './evaluator/pack.mjs';
import { readOrLibrary } from './or-library.mjs';

/**
 * Published excess over the volume bound, in percent: Romera-Paredes et al., "Mathematical
 * discoveries from program search with large language models", Nature 625, 468–475 (2024), table 1;
 * the sets are OR3 (OR-Library binpack3, 20 × 500 items) and Weibull 5k (5 × 5,000 items). Generated
 * sets are like these, not the same: compare programs on one set, never figures across sets.
 */
export const PUBLISHED = {
  or3: { 'first fit': 5.74, 'best fit': 5.37, FunSearch: 3.11 },
  weibull: { 'first fit': 4.23, 'best fit': 3.98, FunSearch: 0.68 },
};

/**
 * Packs with a rule that sees the bins in the order they were opened, as FunSearch's programs do:
 * every bin the item fits gets a score, the first of the highest takes it. Behind the open bins
 * stand unopened ones; two are enough, the rest would only repeat the second one's score.
 *
 * @param {import('./evaluator/instances.mjs').Instance} instance
 * @param {(item: number, rooms: readonly number[]) => readonly number[]} scoreBins
 * @returns {number} bins opened
 */
export function packInOrder({ capacity, items }, scoreBins) {
  const rooms = [capacity, capacity];
  for (const item of items) {
    const fitting = [...rooms.keys()].filter((bin) => rooms[bin] >= item);
    const scores = scoreBins(
      item,
      fitting.map((bin) => rooms[bin]),
    );
    let best = 0;
    for (let i = 1; i < scores.length; i++) if (scores[i] > scores[best]) best = i;
    rooms[fitting[best]] -= item;
    while (rooms.at(-2) < capacity || rooms.at(-1) < capacity) rooms.push(capacity);
  }
  return rooms.filter((room) => room < capacity).length;
}

/** Upper end of slack (included) and score. */
const OR_STEPS = [
  [2, 4],
  [3, 3],
  [5, 2],
  [7, 1],
  [9, 0.9],
  [12, 0.95],
  [15, 0.97],
  [21, 0.98],
  [Number.POSITIVE_INFINITY, 0.99],
];

/**
 * The step function FunSearch found on the OR instances, as a table: notebook
 * bin_packing/bin_packing.ipynb of github.com/google-deepmind/funsearch, published with the paper.
 */
function funSearchOr(item, rooms) {
  return rooms.map((room) => OR_STEPS.find(([most]) => room - item <= most)[1]);
}

/**
 * The formula FunSearch found on the Weibull instances (the same notebook): a weight for each bin,
 * positive only for a perfect fit, minus the weight of the bin before it.
 */
function funSearchWeibull(item, rooms) {
  const most = Math.max(...rooms);
  const weights = rooms.map((room) => {
    const weight = (room - most) ** 2 / item + room ** 2 / item ** 2 + room ** 2 / item ** 3;
    return room > item ? -weight : weight;
  });
  return weights.map((weight, i) => (i === 0 ? weight : weight - weights[i - 1]));
}

const bestFit = { priority: (_item, slack) => -slack, openNew: () => -1e9 };

/** @type {Readonly<Record<string, (instance: import('./evaluator/instances.mjs').Instance) => number>>} */
export const BASELINES = {
  'first fit': (instance) => packInOrder(instance, (_item, rooms) => rooms.map((_, i) => -i)),
  'best fit': (instance) => packOnline(instance, bestFit),
  'FunSearch (found on OR)': (instance) => packInOrder(instance, funSearchOr),
  'FunSearch (found on Weibull)': (instance) => packInOrder(instance, funSearchWeibull),
};

/**
 * `count` instances of a family, from the cases of `seed`, `seed` + 1, …
 *
 * @param {{ family: string, count: number, seed: number }} wanted
 */
export function generatedSet({ family, count, seed }) {
  const cases = Math.ceil(count / familyOf(family).instances);
  const all = Array.from({ length: cases }, (_, i) => makeInstances(family, seed + i));
  return all.flat().slice(0, count);
}

function wholeNumber(name, text) {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number, not ${JSON.stringify(text)}.`);
}

/** A module with `priority` and `openNew`, JavaScript or, where Node can, TypeScript. */
async function importPolicy(file) {
  try {
    return await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    if (error.code !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    throw new Error(
      `Node ${version} cannot run ${file}. Use Node 22.18 or newer, or put npx tsx in place of node.`,
    );
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      family: { type: 'string', default: 'weibull' },
      instances: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      file: { type: 'string' },
      policy: { type: 'string' },
    },
  });
  const { family, file, policy } = values;
  const count = wholeNumber('instances', values.instances);
  const seed = wholeNumber('seed', values.seed);
  const set = file ? readOrLibrary(file) : generatedSet({ family, count, seed });
  const rivals = { ...BASELINES };
  if (policy) {
    const found = await importPolicy(policy);
    rivals[policy] = (instance) => packOnline(instance, found);
  }
  const source = file ?? `${family}, seed ${seed}`;
  console.log(`Excess over the volume bound on ${set.length} instances (${source}):`);
  for (const [name, countBins] of Object.entries(rivals)) {
    console.log(`${excessOf(set, countBins).toFixed(3).padStart(8)} %  ${name}`);
  }
  if (file) return;
  const published = Object.entries(PUBLISHED[family]).map(([name, excess]) => `${name} ${excess}`);
  console.log(`Published for the benchmark itself: ${published.join(', ')} (other instances).`);
}

if (argv[1] && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(`baselines: ${error.message}`);
    process.exitCode = 1;
  });
}
