/** Stock levels, orders, deliveries (above zero) and withdrawals (below). */
import { clamp, count, descending, floorDiv, mod, scan, sum } from '../arithmetic.mjs';

export const simple = {
  belowReorderPoint: (list, k) => count(list, (x) => x < 2 * k),
  refillQuantities: (list, k) => list.map((x) => Math.max(0, 4 * k - x)),
  fullCases: (list, k) => list.map((x) => floorDiv(Math.max(0, x), k + 1)),
};

export const medium = {
  unitsInFullCases: (list, k) => sum(list.map((x) => Math.max(0, x) - mod(Math.max(0, x), k + 1))),
  shelfLevels: (list, k) => scan(list, (level, x) => clamp(level + x, 0, 7 * k), 0),
  indicesToReorder: (list, k) => list.flatMap((x, i) => (x <= k ? [i] : [])),
};

export const composed = {
  /** Deliveries are batches, and withdrawals take from the oldest; they go short in silence. */
  oldestFirstBatches: (list) => {
    const batches = [];
    for (const x of list) {
      if (x > 0) batches.push(x);
      let wanted = Math.max(0, -x);
      while (wanted > 0 && batches.length > 0) {
        const taken = Math.min(wanted, batches[0]);
        wanted -= taken;
        batches[0] -= taken;
        if (batches[0] === 0) batches.shift();
      }
    }
    return batches;
  },
  /** Stock of 12; as soon as it falls below 3k after a day's demand it is filled up again. */
  quantitiesReordered: (list, k) => {
    let stock = 12;
    const ordered = [];
    for (const x of list) {
      stock -= Math.max(0, x);
      if (stock >= 3 * k) continue;
      ordered.push(12 - stock);
      stock = 12;
    }
    return ordered;
  },
  /** The fewest of the largest items that make up half of all positive stock. */
  itemsForHalfOfStock: (list) => {
    const items = descending(list.filter((x) => x > 0));
    const totals = scan(items, (total, x) => total + x, 0);
    return items.slice(0, totals.findIndex((total) => 2 * total >= sum(items)) + 1);
  },
};
