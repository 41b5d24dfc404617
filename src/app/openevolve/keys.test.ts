/** Every key of OpenEvolve, planted: mapped ones change the config, the others are named or refused. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseConfig } from '../config.ts';
import { mapFolder } from './describe.ts';
import { openEvolveFolder } from './folder.ts';
import type { KeyRow } from './key-row.ts';
import { KEYS } from './keys.ts';
import { openFolder } from './open.ts';
import { readForeignConfig } from './read-config.ts';
import { settled, unlooked } from './settle.ts';

const base = mkdtempSync(join(tmpdir(), 'openevolve-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const PROGRAM = '# EVOLVE-BLOCK-START\nvalue = 1.5\n# EVOLVE-BLOCK-END\n';
const STAGED = ['evaluate_stage1', 'evaluate_stage2', 'evaluate_stage3', 'evaluate']
  .map((name) => `def ${name}(program_path):\n    return {"combined_score": 1.0}\n`)
  .join('\n');
const PLAIN = 'def evaluate(program_path):\n    return {"combined_score": 1.0}\n';

type Tree = { [key: string]: unknown };

const LEAST: Tree = {
  llm: { primary_model: 'a-model', secondary_model: 'b-model', models: [{ name: 'c-model' }] },
};

let folders = 0;

function folderOf(config: Tree, files: Readonly<Record<string, string>> = {}) {
  const root = join(base, `folder-${folders++}`);
  mkdirSync(root);
  const all = {
    'initial_program.py': PROGRAM,
    'evaluator.py': STAGED,
    'config.yaml': stringify(config),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(root, name), text);
  const folder = openEvolveFolder(root);
  if (folder === undefined) throw new Error('not recognised');
  return folder;
}

interface Options {
  readonly isModelFree?: boolean;
  readonly without?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

/** The config as paceline.yaml would have it, but for the name of the folder. */
function mapped(config: Tree, options: Options = {}) {
  const { isModelFree = false, without = [], files = {} } = options;
  const folder = folderOf(config, files);
  const foreign = readForeignConfig({ path: folder.config, isModelFree, without });
  const map = mapFolder(folder, foreign, isModelFree ? { proposers: ['genetic'] } : {});
  const { value } = settled(map, unlooked(map));
  return { map, written: foreign.written, config: parseConfig({ ...value, name: 'x' }, 'test') };
}

/** `llm.models[].name` and the like in a copy of the least config. */
function planted(key: string, value: unknown): Tree {
  const config = structuredClone(LEAST);
  const parts = key.split('.');
  const last = parts.pop() as string;
  let at = config;
  for (const part of parts) {
    if (part === 'models[]') at = (at['models'] as Tree[])[0] as Tree;
    else {
      at[part] = at[part] ?? {};
      at = at[part] as Tree;
    }
  }
  at[last] = value;
  return config;
}

/** For each mapped key a value that must show. */
const SHOWING: Readonly<Record<string, unknown>> = {
  max_iterations: 77,
  random_seed: 7,
  diff_based_evolution: false,
  allow_full_rewrites: true,
  max_code_length: 5000,
  'evaluator.timeout': 17,
  'evaluator.memory_limit_mb': 512,
  'evaluator.cascade_evaluation': false,
  'evaluator.cascade_thresholds': [0.25],
  'evaluator.parallel_evaluations': 3,
  'prompt.system_message': 'Mind the gap.',
  'database.num_islands': 3,
  'database.migration_interval': 9,
  'database.feature_dimensions': ['latency'],
  'llm.api_base': 'https://example.org/v1',
  'llm.api_key': `\${MY_KEY}`,
  'llm.temperature': 0.1,
  'llm.top_p': 0.5,
  'llm.max_tokens': 999,
  'llm.timeout': 9,
  'llm.primary_model': 'z-model',
  'llm.primary_model_weight': 0.5,
  'llm.secondary_model': 'z-model',
  'llm.secondary_model_weight': 0.7,
  'llm.models[].name': 'z-model',
  'llm.models[].weight': 0.4,
  'llm.models[].api_base': 'https://example.org/v1',
  'llm.models[].api_key': `\${MY_KEY}`,
  'llm.models[].temperature': 0.1,
  'llm.models[].top_p': 0.5,
  'llm.models[].max_tokens': 999,
  'llm.models[].timeout': 9,
};
/** These need something beside them. */
const APART = ['file_suffix', 'evaluator.evaluator_args', 'database.feature_bins'];

const of = (...hows: readonly KeyRow['how'][]): readonly KeyRow[] =>
  KEYS.filter(({ how }) => hows.includes(how));

test('no key has two rows, and each row says something', () => {
  expect(new Set(KEYS.map(({ key }) => key)).size).toBe(KEYS.length);
  expect(KEYS.length).toBeGreaterThan(120);
  for (const { key, says } of KEYS) expect(says.length, key).toBeGreaterThan(5);
  for (const { key, says } of of('with'))
    expect(KEYS.find((row) => row.key === says)?.how, key).toBe('refused');
});

test.each(of('mapped').map(({ key }) => key))('mapped: %s changes the config', (key) => {
  if (APART.includes(key)) return;
  expect(SHOWING).toHaveProperty([key]);
  const with_ = mapped(planted(key, SHOWING[key]));
  expect(with_.config).not.toEqual(mapped(LEAST).config);
  expect(with_.written).toContainEqual(expect.objectContaining({ key, how: 'mapped' }));
});

test('mapped: file_suffix, evaluator_args and feature_bins', () => {
  const both = { 'initial_program.rs': 'fn main() {}\n' };
  const rust = mapped(planted('file_suffix', '.rs'), { files: both });
  expect(rust.config.surface.edit).toEqual(['initial_program.rs']);
  const files = { 'evaluator.py': PLAIN };
  const args = mapped(planted('evaluator.evaluator_args', { level: 3, name: 'x' }), { files });
  expect(args.config.evaluator.params).toEqual({ level: 3, name: 'x' });
  const bins = planted('database.num_islands', 1);
  (bins['database'] as Tree)['feature_bins'] = { complexity: 7 };
  expect(mapped(bins).config.archive).toMatchObject({
    use: 'map-elites',
    axes: [{ measure: 'characters', bins: 7 }],
  });
});

test.each(of('record', 'instead', 'with').map(({ key }) => key))(
  'named and without effect on the config: %s',
  (key) => {
    const found = mapped(planted(key, 'planted'));
    expect(found.config).toEqual(mapped(LEAST).config);
    expect(found.written.map((one) => one.key)).toContain(key);
  },
);

test.each(of('refused'))('refused: $key', ({ key, says, harmless = [] }) => {
  const place = key.replace('[]', '.0');
  const run = (value: unknown, without: readonly string[] = []) =>
    mapped(planted(key, value), { without });
  expect(() => run('planted')).toThrow(`${place}: cannot be honoured: ${says}.`);
  expect(() => run('planted')).toThrow(`--without ${place}`);
  for (const value of [...harmless, null, []])
    expect(run(value).config).toEqual(mapped(LEAST).config);
  expect(run('planted', [place]).config).toEqual(mapped(LEAST).config);
});

test('keys of models are of no use where none is asked, and are refused no more', () => {
  const found = mapped(planted('llm.provider', 'claude_code'), { isModelFree: true });
  expect(found.config.proposers).toMatchObject([{ use: 'genetic' }]);
  expect(found.config.budget.requests).toBeUndefined();
  expect(found.written).toContainEqual(
    expect.objectContaining({ key: 'llm.provider', how: 'unused' }),
  );
});

test.each([
  ['max_iteration', /max_iteration: unknown key of OpenEvolve; did you mean max_iterations\?/],
  ['llm.model', /llm\.model: unknown key of OpenEvolve; did you mean models\?/],
  ['parallel_evaluations', /did you mean evaluator\.parallel_evaluations\?/],
  ['database.zzz', /database\.zzz: unknown key of OpenEvolve\. To run without it: --without/],
  ['llm.models[].tempature', /llm\.models\.0\.tempature: unknown key.*did you mean temperature/],
])('unknown: %s', (key, says) => {
  expect(() => mapped(planted(key, 1))).toThrow(says);
  expect(() => mapped(planted(key, 1), { without: [key] })).not.toThrow();
});

test.each([
  ['max_iterations', 'many', /max_iterations: must be a number, and is "many"/],
  ['llm.models', 'gpt', /llm\.models: must be a list of models/],
  ['evaluator', 3, /evaluator: must be keys and values/],
  ['max_code_length', 5, /max_code_length: 5 is less than the \d+ bytes of initial_program\.py/],
  ['evaluator.cascade_thresholds', [], /cascade_thresholds: is empty/],
  ['evaluator.parallel_evaluations', 1000, /workers/],
])('a value that cannot be: %s', (key, value, says) => {
  expect(() => mapped(planted(key, value))).toThrow(says);
});

test('the cascade is entered as OpenEvolve does', () => {
  const stagesOf = (thresholds: readonly number[], stages: number) => {
    const text = STAGED.split('\n\n').slice(0, stages).concat(PLAIN).join('\n\n');
    const config = planted('evaluator.cascade_thresholds', thresholds);
    const { evaluator } = mapped(config, { files: { 'evaluator.py': text } }).config;
    if (evaluator.use !== 'python-evaluate') throw new Error('another evaluator');
    return [
      ...(evaluator.stages ?? []).map(({ name, threshold }) => `${name} ${threshold}`),
      evaluator.function,
    ];
  };
  expect(stagesOf([0.1, 0.2, 0.3], 3)).toEqual(['stage1 0.1', 'stage2 0.2', 'evaluate_stage3']);
  expect(stagesOf([0.1], 3)).toEqual(['stage1 0.1', 'evaluate_stage2']);
  expect(stagesOf([0.1, 0.2], 2)).toEqual(['stage1 0.1', 'evaluate_stage2']);
  expect(stagesOf([0.1, 0.2], 1)).toEqual(['stage1 0.1', 'evaluate']);
  expect(stagesOf([0.1, 0.2], 0)).toEqual(['evaluate']);
});

test('no model at all, and no key for one', () => {
  const open = (config: Tree) => openFolder(folderOf(config), { isAsking: true });
  expect(() => open({})).toThrow(/names no model\. .* --proposers genetic/);
  const keyed = planted('llm.api_key', `\${NO_SUCH_KEY_SET}`);
  expect(() => open(keyed)).toThrow(/NO_SUCH_KEY_SET is not set\. .*--proposers genetic/);
});

test('a key in the file is not used, and the file is hidden from candidates', () => {
  const config = planted('llm.api_key', 'planted-key');
  const found = mapped(config, { files: { 'data.csv': '1\n' } });
  expect(JSON.stringify(found.config)).not.toContain('planted-key');
  expect(found.config.jail?.read).toEqual(['data.csv', 'evaluator.py', 'initial_program.py']);
  const { said } = openFolder(folderOf(config), { isAsking: false });
  expect(said.join('\n')).toMatch(/A key stands in config\.yaml\. It is not used/);
});

test('a model of one’s own needs no key and costs nothing', () => {
  const found = mapped(planted('llm.api_base', 'http://127.0.0.1:9/v1/'));
  expect(found.config.proposers[0]).toMatchObject({
    models: [
      { model: 'openai-compatible/c-model', url: 'http://127.0.0.1:9/v1', price: { input: 0 } },
    ],
  });
});

test('what is imported of the package is supplied, or refused', () => {
  const open = (text: string) =>
    openFolder(folderOf(LEAST, { 'evaluator.py': `${text}\n${PLAIN}` }), {
      proposers: ['genetic'],
      isAsking: true,
    }).said.join('\n');
  expect(open('from openevolve.evaluation_result import EvaluationResult')).toMatch(
    /not installed for python3: Paceline supplies its class EvaluationResult/,
  );
  expect(() => open('from openevolve.config import Config')).toThrow(
    /imports openevolve\.config, and the package openevolve is not installed/,
  );
  expect(open('import json')).not.toMatch(/openevolve is not installed/);
});

const TITLES: readonly (readonly [KeyRow['how'], string, string])[] = [
  ['mapped', 'Mapped', 'To'],
  ['instead', 'Done in Paceline’s own way', 'What happens instead'],
  ['record', 'Logs and files only', 'Where that is'],
  ['refused', 'Refused, unless it asks for nothing', 'Why, and what to do'],
  ['with', 'Without meaning, since what it belongs to is off', 'It belongs to'],
];

function keyTable(): string {
  const tables = TITLES.map(([how, title, head]) => {
    const rows = of(how).map(({ key, says }) => {
      const what = how === 'with' ? `\`${says}\`` : says;
      return `| \`${key}\` | ${what.replaceAll('|', '\\|')} |`;
    });
    return [`**${title}**`, '', `| Key | ${head} |`, '|---|---|', ...rows].join('\n');
  });
  return `\n${tables.join('\n\n')}\n`;
}

/** Written again with UPDATE_DOCS=1. */
test('docs/openevolve.md has every key', () => {
  const path = join(import.meta.dirname, '../../../docs/openevolve.md');
  const [before = '', , after = ''] = readFileSync(path, 'utf8').split(
    /(?<=<!-- keys:[^\n]*-->\n)([\s\S]*)(?=<!-- \/keys -->)/,
  );
  const now = `${before}${keyTable()}\n${after}`;
  if (process.env['UPDATE_DOCS']) writeFileSync(path, now);
  expect(readFileSync(path, 'utf8')).toBe(now);
});
