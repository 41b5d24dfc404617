import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { islandArms, islandsOf, smallestP } from './islands-design.ts';

const CONFIG = {
  name: 'asked',
  kind: 'code',
  surface: { edit: ['src/a.mjs'] },
  evaluator: {
    command: 'node bench.mjs',
    class: 'fused',
    metrics: [{ name: 'x', goal: 'max', unit: '' }],
  },
  proposers: ['genetic'],
  budget: { trials: 30 },
};
const withControl = (control: object, more: object = {}) =>
  parseConfig({ ...CONFIG, ...more, control }, 'test');

test('eight islands and two blocks by default, all of one share, the first the main arm', () => {
  const { control } = withControl({ design: 'islands' });
  expect(islandsOf(control)).toEqual({ islands: 8, blocks: 2 });
  const arms = islandArms(control);
  expect(arms.map(({ name }) => name).join(' ')).toBe(
    'main island-2 island-3 island-4 island-5 island-6 island-7 island-8 block-1 block-2',
  );
  expect(new Set(arms.map(({ share }) => share))).toEqual(new Set([0.1]));
});

test('the smallest p is that of the published table', () => {
  const smallest = [
    [8, 2, 0.022],
    [12, 3, 0.0022],
    [6, 3, 0.012],
    [6, 6, 0.0011],
    [8, 8, 0.00008],
  ] as const;
  for (const [islands, blocks, p] of smallest) {
    expect(smallestP(islands, blocks) / p).toBeCloseTo(1, 1);
  }
});

test.each([
  [{ islands: 8 }, {}, /control.islands: belongs to an islands design: add design: islands/],
  [{ design: 'islands', islands: 4, blocks: 1 }, {}, /4 and 1 blocks can give no p below 0\.20/],
  [{ design: 'islands', arms: ['no-op'] }, {}, /control.arms: are blocks of best-of-n/],
  [{ design: 'islands', share: 0.3 }, {}, /control.share: follows from islands and blocks/],
  [
    { design: 'islands' },
    { rule: { mode: 'exact', exact: { tolerance: 0, verifier: 'node v.mjs' } } },
    /islands compares finals on common fresh cases, and an exact value has none/,
  ],
  [
    { design: 'islands' },
    { splits: { confirm: { pool: { cases: 200 } } } },
    /islands needs fresh cases for all finals/,
  ],
])('%j is refused', (control, more, sentence) => {
  expect(() => withControl(control, more)).toThrow(sentence);
});
