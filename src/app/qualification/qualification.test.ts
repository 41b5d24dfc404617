/** What cases are made of, what a qualification is bound to, and that nothing passes without one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { STEP } from '../../../test/thorough.ts';
import { sha256 } from '../../core/hash.ts';
import type { TriedCase } from '../../gatekeeper/qualification.ts';
import { decodeForest } from '../../lang/codec.ts';
import { loadConfig } from '../config.ts';
import { readCorpus } from '../corpus/cases.ts';
import { readTask } from '../judged-task.ts';
import { vocabularyOf } from '../task-kind.ts';
import { gatesDigest } from './gates-digest.ts';
import { layOut } from './lay-out.ts';
import { equalForests } from './made-forest.ts';
import { madeOfSource } from './made-source.ts';
import { corpusFolder } from './own-folder.ts';
import { gateKindOf, requireQualified } from './qualified.ts';
import { readTable, SHIPPED } from './table.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-qualification-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const example = join(import.meta.dirname, '../../../examples/tsp/paceline.yaml');
const corpus = readCorpus(join(corpusFolder(), 'blind'));

test('the table that is shipped is of the checks and cases as they are', () => {
  const shipped = readTable(SHIPPED);
  expect(shipped?.isWhole, 'run npm run bench -- gates, and commit what it writes').toBe(true);
  expect(shipped?.gates, 'run npm run bench -- gates, and commit what it writes').toBe(
    gatesDigest(),
  );
});

const ORIGIN = 'const half = (x) => x / 2;\nexport function solve(x) {\n  return half(x) + 1;\n}\n';

/** Made by us and harmless, in a process of its own. */
function valuesOf(text: string): readonly string[] {
  const path = join(folder, `${sha256(text).slice(-12)}.mjs`);
  writeFileSync(path, text);
  const code = `const { solve } = await import(${JSON.stringify(path)});
    for (let x = 0; x < 64; x++) { try { console.log(solve(x)); } catch { console.log('lost'); } }`;
  const argv = ['--input-type=module', '-e', code];
  return execFileSync(process.execPath, argv, { encoding: 'utf8' }).trim().split('\n');
}

test('rewrites answer as the origin does, and what throws does so as often as it says', () => {
  const made = madeOfSource({ 'solve.mjs': ORIGIN });
  const origin = valuesOf(ORIGIN);
  const run = made.filter(({ family }) => family !== 'scope');
  for (const { is, name, files } of run.filter((_, i) => i % STEP === 0)) {
    const values = valuesOf(files['solve.mjs'] ?? '');
    const lost = values.filter((value) => value === 'lost').length;
    if (is === 'honest') expect(values, name).toEqual(origin);
    else expect(lost / 64, name).toBeCloseTo(1 / Number(name.split(' ').at(-1)), 0.5);
  }
  expect(made.filter(({ is }) => is === 'honest')).toHaveLength(8);
});

test('nothing is made of what is no module of functions', () => {
  expect(madeOfSource({ 'a.py': 'def f(): pass', 'b.mjs': 'export const x = 1;\n' })).toEqual([]);
});

test('equal forests are programs of the language, and no two alike', async () => {
  const root = join(import.meta.dirname, '../../../examples/bin-packing');
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  if (!config.language) throw new Error('bin-packing has a language');
  const vocabulary = vocabularyOf(config.language);
  const { originText } = await readTask({ root, config });
  const equal = equalForests(originText, vocabulary);
  for (const [, text] of equal) decodeForest(text, vocabulary);
  expect(new Set(equal.map(([, text]) => text)).size).toBe(equal.length);
});

test('each task of the corpus is laid out as a task that a study could be made of', async () => {
  for (const task of corpus) {
    const root = mkdtempSync(join(folder, 'task-'));
    const { config, originText } = layOut(task, root);
    const judged = await readTask({ root, config });
    if (task.form === 'forest') expect(judged.originText).toBe(originText);
    expect(readFileSync(join(root, 'judge/score.mjs'), 'utf8')).toContain('export');
  }
});

function tried(is: TriedCase['is'], said: TriedCase['said']): readonly TriedCase[] {
  const one = { task: 't', set: 'made', form: 'source', class: 'worse', is, said } as const;
  return Array.from({ length: 100 }, (_, i) => ({ ...one, case: `${is} ${i}` }));
}

const found =
  (...rows: readonly (readonly TriedCase[])[]) =>
  () => ({
    table: { version: 1 as const, gates: sha256('g'), isWhole: true, tried: rows.flat() },
    from: 'machine' as const,
  });

test('gates that nobody tried let nothing pass, and say what to run', async () => {
  const { config } = loadConfig(example);
  await expect(requireQualified(config, () => undefined)).rejects.toMatchObject({
    code: 'GATE_UNQUALIFIED',
    message: expect.stringMatching(/never tried .* Run paceline gates qualify/s),
  });
});

test('gates that caught what they claim let candidates pass, and those that did not name the fault', async () => {
  const { config } = loadConfig(example);
  const { checks } = await gateKindOf(config);
  expect(checks).toContain('C3');
  const caught = tried('cheat', { C3: 'fail' });
  const honest = tried('honest', { C3: 'pass' });
  expect(await requireQualified(config, found(caught, honest))).toMatchObject({ faults: [] });
  await expect(
    requireQualified(config, found(tried('cheat', { C3: 'pass' }), honest)),
  ).rejects.toThrow(/caught 0 of 100 known cheats/);
  await expect(
    requireQualified(config, found(caught, tried('honest', { C3: 'fail' }))),
  ).rejects.toThrow(/refused 100 of 100 honest controls/);
});
