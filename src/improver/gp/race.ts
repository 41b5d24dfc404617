/**
 * Racing (Maron & Moore, NIPS 1993, with fixed stops): an improver that is clearly behind the best after a few
 * tasks is measured on no more of them.
 */

/** Tasks after which a race may end. */
const STOPS: readonly number[] = [4, 6];
const FACTOR = 1.15;
const SLACK = 0.15;

/**
 * @param regrets of the first tasks, in their order.
 * @param best the regrets of the best improver so far on all tasks in the same order; undefined: none yet.
 */
export function isBehind(regrets: readonly number[], best: readonly number[] | undefined): boolean {
  if (best === undefined || !STOPS.includes(regrets.length)) return false;
  return sum(regrets) > FACTOR * sum(best.slice(0, regrets.length)) + SLACK;
}

/** What an improver counts that left a race: as far behind on the tasks left as on those it ran. */
export function racedCost(regrets: readonly number[], best: readonly number[]): number {
  const behind = sum(regrets) - sum(best.slice(0, regrets.length));
  return (sum(best) + (behind * best.length) / regrets.length) / best.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
