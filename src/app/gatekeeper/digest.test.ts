import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { publicRoot } from '../../core/rng.ts';
import { tamperingCheck } from '../../gates/c2-tampering.ts';
import { intakeOf } from '../../testing/gate-bench.ts';
import { loadConfig } from '../config.ts';
import { readTask } from '../judged-task.ts';
import { codeDigest, gateDigest } from './digest.ts';
import { meteredTools } from './tools.ts';

const FILES = { 'gates/c2.ts': 'export const a = 1;', 'qualified-gates.json': '{"tried":[]}' };

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-digest-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test.each([
  ['a check', { ...FILES, 'gates/c2.ts': 'export const a = 2;' }],
  ['the table of known cases', { ...FILES, 'qualified-gates.json': '{"tried":[1]}' }],
  ['what helps to look', { ...FILES, 'sandboxes/watch.pl': '1;' }],
])('planted: %s that is edited is another gate', (_, changed) => {
  expect(codeDigest(folderOf(changed))).not.toBe(codeDigest(folderOf(FILES)));
});

test('the same code elsewhere is the same gate, whatever else lies there', () => {
  expect(codeDigest(folderOf({ ...FILES, 'notes.md': 'x' }))).toBe(codeDigest(folderOf(FILES)));
  expect(gateDigest({ name: 'a' })).not.toBe(gateDigest({ name: 'b' }));
});

test('planted: a gate that joined with other code than it looks with fails its first ticket', async () => {
  const path = join(import.meta.dirname, '../../../examples/bin-packing/paceline.yaml');
  const { config, root } = loadConfig(path);
  const judged = await readTask({ root, config });
  const judge = { measure: async () => [], close: () => undefined };
  const findingOf = async (gates: ReturnType<typeof sha256>) => {
    const made = { ...judged, judge } as unknown as Parameters<typeof meteredTools>[1];
    const request = { config, kept: { of: () => [] }, evaluator: sha256('unasked'), gates };
    const metering = { secrets: publicRoot('1'), evals: undefined, meter: { cpuMs: 0 } };
    const { tools } = meteredTools(request, made, metering);
    const declared = { ...tools.declaredDigests, evaluator: tools.digests()['evaluator'] };
    const seen = { ...tools, declaredDigests: declared, digestsBefore: tools.digests() };
    return tamperingCheck.judge(intakeOf(), seen as typeof tools, new AbortController().signal);
  };
  expect(await findingOf(gateDigest(config))).not.toMatchObject({ verdict: 'fail' });
  const found = await findingOf(sha256('as it joined'));
  expect(found).toMatchObject({ verdict: 'fail', incident: 'tampering' });
  expect(found.why).toContain('"gates"');
});
