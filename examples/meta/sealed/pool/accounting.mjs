/** Entries of an account: credits above zero, debits below. */
import { count, floorDiv, largest, runningSums, smallest, sum } from '../arithmetic.mjs';

const credits = (list) => list.filter((x) => x > 0);
const debits = (list) => list.filter((x) => x < 0);

export const simple = {
  runningBalance: (list) => runningSums(list),
  totalCredits: (list) => sum(credits(list)),
  totalDebits: (list) => -sum(debits(list)),
};

export const medium = {
  lowestBalance: (list) => smallest(runningSums(list)),
  daysOverdrawn: (list) => count(runningSums(list), (balance) => balance < 0),
  netAfterDebitFees: (list, k) => sum(list) - k * debits(list).length,
};

export const composed = {
  deepestDrawdown: (list) => {
    const balances = runningSums(list);
    return largest(balances.map((balance, i) => Math.max(...balances.slice(0, i + 1)) - balance));
  },
  /** Bills are paid in order out of 8k; one that is too large is left out. */
  billsPaid: (list, k) => {
    let left = 8 * k;
    return list.filter((x) => {
      if (x <= 0 || x > left) return false;
      left -= x;
      return true;
    });
  },
  /** The first 5 are free, up to 10 a fifth, above it half. */
  taxByBrackets: (list) =>
    sum(
      credits(list).map(
        (x) => floorDiv(Math.max(0, Math.min(x, 10) - 5), 5) + floorDiv(Math.max(0, x - 10), 2),
      ),
    ),
};
