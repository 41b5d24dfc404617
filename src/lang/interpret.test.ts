import fc from 'fast-check';
import { transformSync } from 'oxc-transform';
import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { forestArbitrary, rowsArbitrary, SAMPLE_VOCABULARY } from '../testing/forest-arbitrary.ts';
import type { Forest, Node } from './forest.ts';
import { apply, constant, variable } from './forest.ts';
import type { Columns } from './interpret.ts';
import { createInterpreterCache, evaluateScalar, evaluateSlot } from './interpret.ts';
import { printTypeScript } from './print.ts';

type Program = Readonly<Record<string, (...inputs: readonly number[]) => number | boolean>>;

/** The printed module, types erased, actually loaded and run. */
async function load(forest: Forest): Promise<Program> {
  const { code, errors } = transformSync('p.ts', printTypeScript(forest, SAMPLE_VOCABULARY));
  expect(errors).toEqual([]);
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Program;
}

function rowInputs(rows: Columns, row: number): Record<string, number> {
  const entries = Object.entries(rows.columns);
  return Object.fromEntries(entries.map(([name, column]) => [name, column[row] as number]));
}

function one(tree: Node): Forest {
  return { slots: { priority: tree } };
}

test('vector interpreter, scalar oracle and the executed program agree bit for bit', async () => {
  const cache = createInterpreterCache();
  await fc.assert(
    fc.asyncProperty(forestArbitrary(), rowsArbitrary(), async (forest, rows) => {
      const program = await load(forest);
      for (const { name, inputs } of SAMPLE_VOCABULARY.slots) {
        const values = evaluateSlot(forest, name, rows, cache);
        for (let row = 0; row < rows.length; row++) {
          const given = rowInputs(rows, row);
          const printed = program[name]?.(...inputs.map((input) => given[input] as number));
          const oracle = evaluateScalar(forest, name, given);
          expect(Object.is(values[row], oracle), `${name} row ${row}`).toBe(true);
          expect(Object.is(Number(printed), oracle), `${name} row ${row} printed`).toBe(true);
          expect(Math.abs(oracle)).toBeLessThan(1.000001e300);
        }
        cache.release(values);
      }
    }),
    { numRuns: isThorough ? 250 : 80 },
  );
});

test('overflow and NaN stop at the door: infinity minus infinity gives 0, a huge square 1e300', () => {
  const huge = apply('sq', [constant(1e200)]);
  expect(evaluateScalar(one(apply('-', [huge, huge])), 'priority', {})).toBe(0);
  expect(evaluateScalar(one(huge), 'priority', {})).toBe(1e300);
  expect(evaluateScalar(one(apply('neg', [huge])), 'priority', {})).toBe(-1e300);
  expect(evaluateScalar(one(variable('item')), 'priority', { item: Number.NaN })).toBe(0);
});

test('division by next to nothing gives the numerator', () => {
  const quotient = one(apply('/', [constant(3), variable('item')]));
  expect(evaluateScalar(quotient, 'priority', { item: 9e-10 })).toBe(3);
  expect(evaluateScalar(quotient, 'priority', { item: 1e-9 })).toBe(3 / 1e-9);
  expect(evaluateScalar(quotient, 'priority', { item: -2 })).toBe(-1.5);
});

test('a grid is exact at its knots, linear between and flat outside', () => {
  const table = { op: 'grid', x: variable('item'), y: variable('slack') } as const;
  const grid = one({ ...table, xs: [0, 1], ys: [0, 2, 4], z: [1, 2, 3, 5, 6, 7] });
  const at = (item: number, slack: number): number =>
    evaluateScalar(grid, 'priority', { item, slack });
  expect([at(0, 0), at(1, 0), at(1, 4), at(0, 2)]).toEqual([1, 5, 7, 2]);
  expect([at(0, 1), at(0.5, 0), at(0.5, 3)]).toEqual([1.5, 3, 4.5]);
  expect([at(-9, -9), at(9, 9), at(Number.NaN, Infinity)]).toEqual([1, 7, 3]);
});

test('a cache changes nothing and inputs are never written to', () => {
  fc.assert(
    fc.property(forestArbitrary(), forestArbitrary(), rowsArbitrary(), (first, second, rows) => {
      const cache = createInterpreterCache();
      const before = JSON.stringify(rows);
      for (const forest of [first, second, first]) {
        const cached = evaluateSlot(forest, 'priority', rows, cache);
        expect(cached).toEqual(evaluateSlot(forest, 'priority', rows));
        cache.release(cached);
      }
      expect(JSON.stringify(rows)).toBe(before);
    }),
  );
});

test('a missing slot or column is refused by name', () => {
  const forest = one(variable('item'));
  const rows = { length: 2, columns: { item: new Float64Array(3) } };
  expect(() => evaluateSlot(forest, 'priority', rows)).toThrow(/item: no column of 2 rows/);
  expect(() => evaluateSlot(forest, 'toString', rows)).toThrow(/toString: the slot is missing/);
});

test('a cache remembers the axes of late and forgets the others, however many there are', () => {
  const cache = createInterpreterCache();
  const column = Float64Array.of(1, 2, 3);
  const first = cache.cells(column, [0, 1]);
  expect(cache.cells(column, [0, 1])).toBe(first);
  for (let axis = 1; axis <= 1_000; axis++) cache.cells(column, [0, 1 + axis]);
  const again = cache.cells(column, [0, 1]);
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
