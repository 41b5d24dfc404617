/**
 * Instances of online bin packing, made from a seed; nothing is downloaded.
 *
 * @typedef {{ readonly capacity: number, readonly items: Int32Array }} Instance
 *
 * @typedef {object} Family
 * @property {number} capacity
 * @property {number} smallest smallest item (included)
 * @property {number} largest largest item (included)
 * @property {number} items items of one instance
 * @property {number} instances instances of one case
 * @property {(u: number) => number} size item from a uniform number in [0, 1)
 */

/**
 * - `weibull`: Weibull(scale 45, shape 3) sizes as in FunSearch (Romera-Paredes et al., Nature 625,
 *   2024), rounded and clipped to 1…100, capacity 100, 5,000 items.
 * - `or3`: like the set binpack3 of the OR-Library (Falkenauer 1996): uniform integers 20…100,
 *   capacity 150, 500 items.
 *
 * One case is several instances scored together, 20,000 items either way: that halves the noise of
 * one evaluation, and gains of a tenth of a percent can still be told from luck.
 *
 * @type {Readonly<Record<string, Family>>}
 */
export const FAMILIES = {
  weibull: {
    capacity: 100,
    smallest: 1,
    largest: 100,
    items: 5000,
    instances: 4,
    size: (u) => Math.min(100, Math.max(1, Math.round(45 * Math.cbrt(-Math.log(1 - u))))),
  },
  or3: {
    capacity: 150,
    smallest: 20,
    largest: 100,
    items: 500,
    instances: 40,
    size: (u) => 20 + Math.floor(81 * u),
  },
};

/**
 * @param {unknown} name
 * @returns {Family}
 */
export function familyOf(name) {
  const family = Object.hasOwn(FAMILIES, String(name)) ? FAMILIES[String(name)] : undefined;
  if (family) return family;
  const known = Object.keys(FAMILIES).join(' or ');
  throw new Error(`There is no family ${JSON.stringify(name)} of instances; use ${known}.`);
}

/**
 * The case of a seed: equal seeds, equal items, on every machine.
 *
 * @param {string} name `weibull` or `or3`
 * @param {number} seed integer in [0, 2^32)
 * @returns {Instance[]}
 */
export function makeInstances(name, seed) {
  const family = familyOf(name);
  const random = mulberry32(seed);
  return Array.from({ length: family.instances }, () => {
    const items = new Int32Array(family.items);
    for (let i = 0; i < items.length; i++) items[i] = family.size(random());
    return { capacity: family.capacity, items };
  });
}

/**
 * The volume bound L1: no packing whatever uses fewer bins.
 *
 * @param {Instance} instance
 */
export function volumeBound({ capacity, items }) {
  return Math.ceil(items.reduce((sum, item) => sum + item, 0) / capacity);
}

/**
 * Bins beyond the volume bound, in percent, over all instances together.
 *
 * @param {readonly Instance[]} instances
 * @param {(instance: Instance) => number} countBins
 */
export function excessOf(instances, countBins) {
  let bins = 0;
  let bound = 0;
  for (const instance of instances) {
    bins += countBins(instance);
    bound += volumeBound(instance);
  }
  return excessPercent(bins, bound);
}

/**
 * @param {number} bins
 * @param {number} bound
 */
export function excessPercent(bins, bound) {
  return 100 * (bins / bound - 1);
}

/**
 * mulberry32 (Tommy Ettinger, public domain): uniform numbers in [0, 1), 32 bits each.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
