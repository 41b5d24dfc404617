import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { findingOfConfigs } from './configs-finding.ts';
import { type ConfigsPlan, commonRoot, planConfigs } from './plan-configs.ts';
import { cutOf } from './read-run.ts';
import { readComparison } from './record.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-plan-'));
afterAll(() => rmSync(root, { recursive: true }));

const config = (changes: object = {}): Config =>
  parseConfig(
    {
      name: 'plan',
      kind: 'code',
      surface: { edit: ['a.mjs'] },
      evaluator: {
        command: 'node evaluate.mjs',
        class: 'fused',
        metrics: [{ name: 'loss', goal: 'min', unit: 'percent' }],
      },
      proposers: [{ use: 'scripted', folder: 'candidates' }],
      budget: { evals: 100 },
      ...changes,
    },
    'a test',
  );
const other = (changes: object = {}): Config =>
  config({ proposers: [{ use: 'scripted', folder: 'others' }], ...changes });
const both = (text: string): [string, string] => [text, text];
const plan = (second: Config, more: Partial<ConfigsPlan> = {}) =>
  planConfigs(root, {
    files: ['a.yaml', 'b.yaml'],
    configs: [config(), second],
    replicates: 5,
    pairs: 8,
    ...more,
  });

test.each([
  [other({ surface: { edit: ['b.mjs'] } }), /a\.yaml and b\.yaml differ in surface/],
  [other({ splits: { generator: 'node generate.mjs' } }), /differ in splits\.generator/],
  [other({ budget: { evals: 101 } }), /have unequal budgets\. Give one to both with --evals/],
  [config({ name: 'renamed', workers: 2 }), /say the same: there is nothing to compare/],
])('no claim could come of it: %#', (second, why) => {
  expect(() => plan(second)).toThrow(why);
  expect(existsSync(join(root, '.paceline'))).toBe(false);
});

test('a design that cannot decide, or files of two folders, are refused', () => {
  expect(() => plan(other(), { replicates: 4 })).toThrow(/--replicates takes 5 to 18, not 4/);
  const endless = { configs: [config({ budget: {} }), other({ budget: {} })] } as const;
  expect(() => plan(other(), endless)).toThrow(/no study of them would end/);
  const at = (folder: string) => ({ config: config(), path: `${folder}/a.yaml`, root: folder });
  expect(() => commonRoot([at('/one'), at('/two')])).toThrow(/lie in two folders/);
  expect(commonRoot([at('/one'), at('/one')])).toBe('/one');
});

test('planned as a whole: no control arms, a seed for each study, judged when all are there', () => {
  const comparison = plan(other({ control: { arms: ['best-of-n', 'no-op'] } }));
  expect(readComparison(root, comparison.id)).toEqual(comparison);
  expect(comparison.configs).toMatchObject([{ control: { arms: [] } }, { control: { arms: [] } }]);
  expect(comparison.replicates[4]?.seeds).toEqual(['1/5', '1/5']);
  const id = `sha256:${'0'.repeat(64)}`;
  const measured = { secretCommit: id, secret: 's', values: [], againstValues: [] };
  const withEffects = (effects: readonly number[]) =>
    findingOfConfigs({
      ...comparison,
      replicates: comparison.replicates.map((one, i) => {
        const effect = effects[i];
        if (effect === undefined) return one;
        const result = { atEvals: 1, finals: both(id), heads: both(''), measured, effect };
        return { ...one, result };
      }),
    });
  expect(withEffects([1, 2, 1, 2])).toEqual({
    words:
      'a.yaml against b.yaml: not testable yet, 4 of 5 replicates are finished, and their number was fixed beforehand',
  });
  expect(withEffects([1, 2, 1, 2, 1]).words).toMatch(
    /^a\.yaml searches better than b\.yaml: difference 1\.4 points \[1, .*\] over 5 paired studies/,
  );
  expect(withEffects([-1, -2, -1, -2, -1]).words).toMatch(/^a\.yaml searches worse than b\.yaml/);
  expect(withEffects([-1, 2, -1, 2, 1]).words).toMatch(/^no evidence: difference/);
});

test('cut at the smaller spend of those who could have spent more', () => {
  const run = (evals: number, isExhausted = false) => ({ evals, isExhausted });
  expect(cutOf([run(120), run(90)])).toBe(90);
  expect(cutOf([run(120), run(25, true)])).toBe(120);
  expect(cutOf([run(68, true), run(25, true)])).toBe(68);
});
