import { expect, test } from 'vitest';
import { secretRoot } from '../../core/rng.ts';
import type { Bench } from './bench.ts';
import { otherOrder, probeOrders } from './history.ts';

const rng = secretRoot('orders').stream(0, 'test');
const sorted = (order: readonly number[]) => order.toSorted((a, b) => a - b);

test('in another order neither end keeps its place, and every input is asked', () => {
  for (let count = 2; count < 200; count++) {
    const order = otherOrder(rng, 2 + (count % 7));
    const plain = order.map((_, at) => at);
    expect(sorted(order)).toEqual(plain);
    expect(order[0]).not.toBe(0);
    expect(order.at(-1)).not.toBe(plain.length - 1);
  }
  expect(otherOrder(rng, 1)).toEqual([0]);
});

test('probes are asked in as many orders as tells are toggled, in two at least', () => {
  const bench = { probes: [0, 1, 2, 3, 4, 5, 6] } as unknown as Bench;
  const [turned, back, ...drawn] = probeOrders(bench, 4, rng);
  expect(turned).toEqual([1, 2, 3, 4, 5, 6, 0]);
  expect(back).toEqual([6, 5, 4, 3, 2, 1, 0]);
  expect(drawn.map(sorted)).toEqual([bench.probes, bench.probes]);
  expect(probeOrders(bench, 0, rng)).toHaveLength(2);
});
