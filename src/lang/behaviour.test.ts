import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { forestArbitrary, rowsArbitrary } from '../testing/forest-arbitrary.ts';
import type { Situations } from './behaviour.ts';
import { behaviourKey } from './behaviour.ts';
import type { Forest, Node } from './forest.ts';
import { apply, constant, variable } from './forest.ts';
import { evaluateSlot } from './interpret.ts';

const ITEM = variable('item');
const GROUP = 4;
const ROWS = 24;

function withSlot(forest: Forest, slot: string, tree: Node): Forest {
  return { slots: { ...forest.slots, [slot]: tree } };
}

/** Every decision spelled out, the slow way round. */
function decisions(forest: Forest, { rows, groupSize }: Situations): string {
  const [priority, bias, accept] = ['priority', 'bias', 'accept'].map((slot) =>
    evaluateSlot(forest, slot, rows),
  ) as [Float64Array, Float64Array, Float64Array];
  const sign = (a = 0, b = 0): string => (a < b ? '<' : a > b ? '>' : '=');
  const said: string[] = [];
  for (let i = 0; i < rows.length; i++) {
    for (
      let j = i + 1;
      j < rows.length && Math.floor(j / groupSize) === Math.floor(i / groupSize);
      j++
    ) {
      said.push(sign(priority[i], priority[j]), sign(bias[i], bias[j]));
    }
    said.push(sign(priority[i], bias[i]), String(accept[i]));
  }
  return said.join('');
}

const SLOTS = ['priority', 'bias', 'accept'];

function keyOf(forest: Forest, situations: Situations): number {
  return behaviourKey(forest, { slots: SLOTS, situations });
}

test('keys are equal exactly when every decision is', () => {
  const keys = new Map<string, number>();
  const rows = fc.sample(rowsArbitrary(undefined, ROWS), { numRuns: 1, seed: 7 })[0];
  const situations = { rows: rows ?? { length: 0, columns: {} }, groupSize: GROUP };
  const forests = fc.sample(forestArbitrary(), { numRuns: isThorough ? 2000 : 700, seed: 3 });
  for (const forest of forests) {
    const text = decisions(forest, situations);
    const key = keyOf(forest, situations);
    expect(keys.get(text) ?? key).toBe(key);
    keys.set(text, key);
  }
  expect(new Set(keys.values()).size).toBe(keys.size);
  expect(keys.size).toBeGreaterThan(forests.length / 10);
  expect(keys.size).toBeLessThan(forests.length);
  expect([...keys.values()].every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true);
});

test('the same monotone change of a pair of compared slots keeps the key', () => {
  fc.assert(
    fc.property(forestArbitrary(), rowsArbitrary(undefined, ROWS), (forest, rows) => {
      const situations = { rows, groupSize: GROUP };
      const same = (tree: Node): Node => apply('neg', [apply('neg', [tree])]);
      const { priority, bias } = forest.slots as { priority: Node; bias: Node };
      const changed = withSlot(withSlot(forest, 'priority', same(priority)), 'bias', same(bias));
      expect(keyOf(changed, situations)).toBe(keyOf(forest, situations));
    }),
  );
});

test('scale and offset of a lone priority do not matter, its direction and its ties do', () => {
  const item = Float64Array.from({ length: ROWS }, (_, i) => (i * 7) % 24);
  const situations = { rows: { length: ROWS, columns: { item } }, groupSize: 8 };
  const key = (tree: Node): number =>
    behaviourKey({ slots: { priority: tree } }, { slots: ['priority'], situations });
  const scaled = apply('+', [apply('*', [ITEM, constant(3)]), constant(1)]);
  expect(key(scaled)).toBe(key(ITEM));
  expect(key(apply('log1p', [ITEM]))).toBe(key(ITEM));
  expect(key(apply('neg', [ITEM]))).not.toBe(key(ITEM));
  expect(key(apply('min', [ITEM, constant(18)]))).not.toBe(key(ITEM));
  expect(key(constant(1))).toBe(key(constant(2)));
});

test('a valued slot is told apart by its value to one thousandth', () => {
  const situations = { rows: { length: 1, columns: {} }, groupSize: 1, valued: ['limit'] };
  const key = (value: number): number =>
    behaviourKey({ slots: { limit: constant(value) } }, { slots: ['limit'], situations });
  expect(key(1.0001)).toBe(key(1));
  expect(key(1.001)).not.toBe(key(1));
  expect(key(11)).toBe(key(10));
});
