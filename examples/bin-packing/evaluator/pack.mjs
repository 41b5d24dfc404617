/**
 * What a policy means, as plainly as it can be said. The evaluator command scores with this; the
 * fast twin in interpret.mjs must agree with it bin for bin.
 *
 * @typedef {object} Policy
 * @property {(item: number, slack: number) => number} priority how good an open bin is that would
 *   have `slack` ≥ 0 left after taking the item
 * @property {(item: number) => number} openNew the priority an open bin must reach; below it a new
 *   bin is opened
 */

/**
 * Packs the items in the order they come: into the open bin of highest priority, the tightest one on
 * a tie, or into a new bin if none fits or none reaches `openNew`. Bins of equal room are the same.
 *
 * @param {import('./instances.mjs').Instance} instance
 * @param {Policy} policy
 * @returns {number} bins opened
 */
export function packOnline({ capacity, items }, { priority, openNew }) {
  /** Number of open bins by the room they have left. */
  const binsWithRoom = new Array(capacity + 1).fill(0);
  let opened = 0;
  for (const item of items) {
    let best = Number.NEGATIVE_INFINITY;
    let chosen = 0;
    for (let room = item; room <= capacity; room++) {
      if (binsWithRoom[room] === 0) continue;
      const value = finite(priority(item, room - item), 'priority', [item, room - item]);
      if (value > best) {
        best = value;
        chosen = room;
      }
    }
    if (chosen > 0 && best >= finite(openNew(item), 'openNew', [item])) {
      binsWithRoom[chosen]--;
    } else {
      opened++;
      chosen = capacity;
    }
    binsWithRoom[chosen - item]++;
  }
  return opened;
}

/**
 * @param {unknown} value
 * @param {string} name
 * @param {readonly number[]} inputs
 * @returns {number}
 */
function finite(value, name, inputs) {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Error(`${name}(${inputs.join(', ')}) gave ${String(value)}, not a finite number.`);
}
