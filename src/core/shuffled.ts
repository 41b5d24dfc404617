/** Random orders and draws without replacement (Fisher & Yates; Durstenfeld, CACM 7, 1964). */
import type { Rng } from './rng.ts';

/** In place; each of all orders is as likely. Draws `length − 1` numbers. */
export function shuffle(order: { [at: number]: unknown; readonly length: number }, rng: Rng): void {
  for (let last = order.length - 1; last > 0; last--) exchange(order, last, rng.int(last + 1));
}

/** Another list of the same items. */
export function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  const order = [...items];
  shuffle(order, rng);
  return order;
}

/** `count` of them, none twice, all where there are fewer, in the order they were drawn. Draws a number for each. */
export function drawnWithout<T>(items: readonly T[], count: number, rng: Rng): T[] {
  const left = [...items];
  const wanted = Math.min(count, left.length);
  for (let at = 0; at < wanted; at++) exchange(left, at, at + rng.int(left.length - at));
  return left.slice(0, wanted);
}

function exchange(order: { [at: number]: unknown }, a: number, b: number): void {
  [order[a], order[b]] = [order[b], order[a]];
}
