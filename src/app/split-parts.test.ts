import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { splitParts } from './split-parts.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-split-parts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const folder of ['judge', 'solver']) mkdirSync(join(root, folder));
for (const file of ['judge/a.mjs', 'solver/b.mjs', 'solver/c.mjs'])
  writeFileSync(join(root, file), '');
symlinkSync('judge', join(root, 'linked'));
symlinkSync('../solver/c.mjs', join(root, 'judge/c.mjs'));

const partsOf = (judge: string, solver: string, include: readonly string[] = []) => {
  const evaluator = { use: 'split', judge, solver, class: 'split' } as const;
  const config = parseConfig(
    {
      name: 'parts',
      kind: 'code',
      surface: { edit: ['x'] },
      evaluator: { ...evaluator, metrics: [{ name: 'loss', goal: 'min', unit: 'points' }] },
      proposers: [{ use: 'genetic' }],
      budget: { trials: 1 },
    },
    'the config of the test',
  );
  const surface = { edit: {}, readonly: [], include };
  return () => splitParts({ root, config, surface }, { ...evaluator, batch: 1 }, 'evaluator');
};

test('a judge apart from what a candidate sees is taken', () => {
  expect(partsOf('judge/a.mjs', 'solver/b.mjs', ['solver/b.mjs'])()).toEqual({
    judge: join(root, 'judge/a.mjs'),
    solver: join(root, 'solver/b.mjs'),
    batch: 1,
  });
});

test('planted: a judge that candidates could read is refused, linked or not', () => {
  const inFolder = /judge lies in the folder of evaluator\.solver/;
  expect(partsOf('solver/c.mjs', 'solver/b.mjs')).toThrow(inFolder);
  expect(partsOf('judge/c.mjs', 'solver/b.mjs')).toThrow(inFolder);
  expect(partsOf('judge/a.mjs', 'linked/a.mjs')).toThrow(inFolder);
  const beside = /surface\.include puts evaluator\.judge beside every candidate.*Leave it out/;
  expect(partsOf('judge/a.mjs', 'solver/b.mjs', ['judge/a.mjs'])).toThrow(beside);
  expect(partsOf('judge/a.mjs', 'solver/b.mjs', ['linked/a.mjs'])).toThrow(beside);
});
