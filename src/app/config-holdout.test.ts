import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from './config.ts';

const configOf = (keys: string): unknown =>
  parse(`
name: sealed
kind: code
surface: { edit: [program.py] }
evaluator:
  command: node evaluate.mjs
  class: split
  metrics: [{ name: loss, goal: min, unit: points }]
proposers: [genetic]
budget: { evals: 400 }
${keys}
`);

test('20 questions are the default, and nothing is sealed unless it is asked for', () => {
  const { splits } = parseConfig(configOf('splits: { holdout: { cases: 24 } }'), 'here');
  expect(splits.holdout).toEqual({ cases: 24, queries: 20 });
  expect(parseConfig(configOf(''), 'here').splits.holdout).toBeUndefined();
});

const EXACT = 'rule: { mode: exact, exact: { tolerance: 0, verifier: node verify.mjs } }';
const BAD: readonly (readonly [string, string, RegExp])[] = [
  ['too few cases', 'splits: { holdout: { cases: 3 } }', /splits\.holdout\.cases/],
  ['no cases', 'splits: { holdout: {} }', /splits\.holdout\.cases/],
  ['no questions', 'splits: { holdout: { cases: 24, queries: 0 } }', /splits\.holdout\.queries/],
  [
    'another key',
    'splits: { holdout: { cases: 24, budget: 3 } }',
    /splits\.holdout: unknown key "budget"/,
  ],
  [
    'more questions than cases',
    'splits: { holdout: { cases: 24, queries: 25 } }',
    /splits\.holdout\.cases: 24 cases cannot bear 25 questions/,
  ],
  [
    'a set that is the whole budget',
    'splits: { holdout: { cases: 500 } }',
    /a set of 500 cases alone uses up budget\.evals 400/,
  ],
  [
    'an exact objective',
    `${EXACT}\nsplits: { holdout: { cases: 24 } }`,
    /splits\.holdout: needs cases, and rule\.mode exact is for one value without any/,
  ],
  ['a pool of nothing', 'splits: { confirm: {} }', /splits\.confirm\.pool/],
  [
    'a pool that is used otherwise',
    'splits: { confirm: { pool: { cases: 500, use: all } } }',
    /splits\.confirm\.pool\.use/,
  ],
  [
    'a pool of an exact objective',
    `${EXACT}\nsplits: { confirm: { pool: { cases: 500 } } }`,
    /splits\.confirm\.pool: needs cases, and rule\.mode exact/,
  ],
  [
    'a pool and a hold-out',
    'splits: { confirm: { pool: { cases: 500 } }, holdout: { cases: 24 } }',
    /splits\.confirm\.pool: a sealed hold-out draws cases of its own/,
  ],
  [
    'bits under e-lond',
    'rule: { mode: e-lond }\nsplits: { confirm: { pool: { cases: 500, use: bit } } }',
    /splits\.confirm\.pool: the levels of bits are those of rule\.mode fwer/,
  ],
];

test('values of other metrics would tell more than a bit', () => {
  const guarded = configOf('splits: { confirm: { pool: { cases: 500, use: bit } } }') as {
    evaluator: { metrics: object[] };
  };
  guarded.evaluator.metrics.push({ name: 'size', goal: 'min', unit: '', role: 'info' });
  expect(() => parseConfig(guarded, 'here')).toThrow(/would tell more than a bit/);
});

test.each(BAD)('%s is refused', (_name, keys, says) => {
  expect(() => parseConfig(configOf(keys), 'here')).toThrow(says);
});
