/** `paceline init` copies this folder: it must run alone, and both configs must fit what is in it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import type { Config } from '../../src/app/config-schema.ts';
import { copyExample } from '../../src/app/examples.ts';
import { taskKindOf, vocabularyOf } from '../../src/app/task-kind.ts';
import { interpretedEvaluator } from '../../src/evaluators/interpreted.ts';
import { decodeForest } from '../../src/lang/codec.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const CONFIGS = ['paceline.yaml', 'or3.yaml'] as const;

const parent = mkdtempSync(join(tmpdir(), 'bin-packing-alone-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** What a module imports that is neither of Node nor of this folder. */
function strangers(file: string, source: string): string[] {
  const names = [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)];
  return names
    .map(([, name = '']) => name)
    .filter((name) => {
      if (!name.startsWith('.')) return !isBuiltin(name);
      return !resolve(folder, dirname(file), name).startsWith(folder + sep);
    });
}

test('no module needs anything but Node and its neighbours', () => {
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.mjs') && !name.includes('.paceline'),
  );
  expect(modules.length).toBeGreaterThanOrEqual(6);
  for (const file of modules) expect(strangers(file, read(file)), file).toEqual([]);
  const planted = `import { z } from 'zod';\nimport a from "../../../src/core/rng.ts";
    import 'node:fs'; const b = await import('../baselines.mjs');`;
  expect(strangers('evaluator/main.mjs', planted)).toEqual(['zod', '../../../src/core/rng.ts']);
});

test('a copy of the folder works elsewhere', () => {
  const copy = copyExample('bin-packing', join(parent, 'copy'));
  expect(readdirSync(copy)).toEqual(expect.arrayContaining([...CONFIGS, 'README.md']));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['baselines.mjs', '--family', 'or3', '--instances', '1'],
    { cwd: copy, encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('best fit');
});

test.each(CONFIGS)('%s fits the folder', async (name) => {
  const { config } = loadConfig(join(folder, name));
  const kind = taskKindOf(config, { origin: {} });
  const vocabulary = vocabularyOf(config.language ?? { slots: [] });
  const [edit = ''] = config.surface.edit;
  const origin = kind.fromFiles({ [edit]: read(edit) });
  expect(config.evaluator).toMatchObject({ command: ['node', 'evaluator/main.mjs'] });
  expect(config.surface.readonly).toEqual(['evaluator']);
  for (const proposer of config.proposers) {
    if (proposer.use === 'cma-es') decodeForest(read(proposer.template ?? '').trim(), vocabulary);
  }
  const search = await interpretedEvaluator({
    module: join(folder, config.evaluator.interpreter ?? ''),
    vocabulary,
    params: config.evaluator.params,
    metric: config.evaluator.metrics[0]?.name ?? '',
    nowMs: () => 0,
  });
  const { signal } = new AbortController();
  const [measured] = await search.measure(
    [{ candidate: { id: '', text: origin }, cases: [1] }],
    signal,
  );
  expect(measured?.cases).toMatchObject([{ outcome: 'scored' }]);
});

test('the rule printed in README.md is one a study could start from', () => {
  const { config } = loadConfig(join(folder, 'paceline.yaml'));
  const [, rule = ''] = /```ts\n([\s\S]*?)```/.exec(read('README.md')) ?? [];
  const kind = taskKindOf(config, { origin: {} });
  const [edit = ''] = config.surface.edit;
  const encode = (source: string): string => kind.fromFiles({ [edit]: source });
  expect(encode(rule)).toContain('["if",["lt",["v","slack"]');
  expect(() => encode(rule.replace('div(-slack, item)', 'item()'))).toThrow(
    'not part of the language',
  );
});

test('the two configs differ in name, family and template only', () => {
  const [weibull, or3] = CONFIGS.map((name) => loadConfig(join(folder, name)).config);
  expect(or3?.name).not.toBe(weibull?.name);
  expect(or3?.evaluator.params).toEqual({ family: 'or3' });
  expect(common(or3)).toEqual(common(weibull));
});

function common(config: Config | undefined): unknown {
  const proposers = config?.proposers.map((one) => ({ ...one, template: '' }));
  return { ...config, name: '', evaluator: { ...config?.evaluator, params: {} }, proposers };
}
