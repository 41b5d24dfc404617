import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encodeForest } from '../lang/codec.ts';
import { apply, variable } from '../lang/forest.ts';
import { loadInterpreterModule } from './interpreted/module.ts';
import { interpretedEvaluator } from './interpreted.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-interpreted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;
function moduleOf(source: string): string {
  const path = join(folder, `module-${written++}.mjs`);
  writeFileSync(path, source);
  return path;
}

const SCORE =
  'export const score = ({ sum }, seed, params) => ({ excess: sum[seed] * params.scale });';
const vocabulary = { slots: [{ name: 'sum', inputs: ['a', 'b'], result: 'real' }] } as const;
const text = encodeForest({ slots: { sum: apply('+', [variable('a'), variable('b')]) } });
const candidate = { id: 'sha256:0', text };
const NEVER = new AbortController().signal;

test.each([
  ['rows with a length', '{ length: 2, columns: { a: new Float64Array([1, 2]), b: [3, 4] } }'],
  ['a bare record of columns', '{ a: [1, 2], b: new Float64Array([3, 4]) }'],
])('%s are scored, a case beyond them is invalid', async (_, rows) => {
  const module = moduleOf(`export const rows = { sum: ${rows} };\n${SCORE}`);
  const evaluator = await interpretedEvaluator({
    nowMs: () => 0,
    module,
    vocabulary,
    params: { scale: 10 },
    metric: 'excess',
  });
  const [measured] = await evaluator.measure([{ candidate, cases: [0, 1, 2] }], NEVER);
  expect(measured?.cases).toEqual([
    { outcome: 'scored', value: 40 },
    { outcome: 'scored', value: 60 },
    { outcome: 'invalid', message: 'The metric "excess" is "NaN", not a finite number.' },
  ]);
});

test('a table is evaluated once for all cases of a request, and anew for the next', async () => {
  const module = moduleOf(`
    export const rows = { sum: { a: [1], b: [2] } };
    let last;
    let uses = 0;
    export function score({ sum }) {
      uses = sum === last && sum[0] === 3 ? uses + 1 : 1;
      last = sum;
      const value = uses;
      if (value === 3) sum[0] = -1;
      return { excess: value };
    }`);
  const evaluator = await interpretedEvaluator({
    nowMs: () => 0,
    module,
    vocabulary,
    params: {},
    metric: 'excess',
  });
  const values = async () =>
    (await evaluator.measure([{ candidate, cases: [0, 0, 0] }], NEVER))[0]?.cases.map((one) =>
      one.outcome === 'scored' ? one.value : one,
    );
  expect(await values()).toEqual([1, 2, 3]);
  expect((await values())?.[1]).toBeGreaterThan(1);
});

test.each([
  ['no rows', SCORE, 'exports no `rows`'],
  ['no score', 'export const rows = {};', 'exports no function `score'],
  ['no rows of a slot', `export const rows = {};\n${SCORE}`, 'no rows for the slot sum'],
  ['no column of an input', `export const rows = { sum: { a: [1] } };\n${SCORE}`, 'no rows sum.b'],
  [
    'columns of two lengths',
    `export const rows = { sum: { a: [1], b: [] } };\n${SCORE}`,
    'not all of one length',
  ],
  [
    'a column of texts',
    `export const rows = { sum: { a: ['1'] } };\n${SCORE}`,
    'sum.a is not a Float64Array',
  ],
  ['a broken module', 'export const rows = ;', 'cannot be used'],
])('%s is EVALUATOR_FAILED with the reason', async (_, source, reason) => {
  const opening = interpretedEvaluator({
    nowMs: () => 0,
    module: moduleOf(source),
    vocabulary,
    params: {},
    metric: 'excess',
  });
  await expect(opening).rejects.toMatchObject({
    code: 'EVALUATOR_FAILED',
    message: expect.stringContaining(reason),
  });
});

test('situations are checked and may be absent', async () => {
  const base = `export const rows = { sum: { a: [1], b: [2] } };\n${SCORE}\n`;
  expect(await loadInterpreterModule(moduleOf(base))).not.toHaveProperty('situations');
  const good = 'export const situations = { rows: { a: [1, 2], b: [3, 4] }, groupSize: 2 };';
  expect((await loadInterpreterModule(moduleOf(base + good))).situations).toEqual({
    rows: { length: 2, columns: { a: new Float64Array([1, 2]), b: new Float64Array([3, 4]) } },
    groupSize: 2,
  });
  const bad = 'export const situations = { rows: { a: [1] } };';
  await expect(loadInterpreterModule(moduleOf(base + bad))).rejects.toThrow('groupSize');
});
