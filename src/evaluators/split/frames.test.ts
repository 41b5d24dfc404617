import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { processSandbox } from '../../testing/plain-sandbox.ts';
import { splitCaller } from '../calls/split.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-frames-'));
const sandbox = processSandbox({ scope: join(folder, 'plain') });
for (const [name, text] of Object.entries({
  'judge/judge.mjs': 'export const score = () => ({});',
  'solver/solve.mjs':
    'export const solve = async ({ candidate, input }) => (await import(candidate + "/f.mjs")).f(input);',
})) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}
const caller = splitCaller({
  cwd: folder,
  limits: { wallMs: 20_000, outputBytes: 1024 * 1024 },
  kind: { materialise: (text: string) => ({ 'f.mjs': text }) },
  sandbox,
  judge: join(folder, 'judge/judge.mjs'),
  solver: join(folder, 'solver/solve.mjs'),
  params: {},
  workDirectory: join(folder, 'work'),
});
afterAll(async () => {
  await caller.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a candidate that imports node:process, which makes standard input non-blocking, answers all the same', async () => {
  const text =
    "import process from 'node:process'; export const f = (x) => x + process.argv.length * 0;";
  const inputs = Array.from({ length: 400 }, (_, at) => at);
  const candidate = { id: sha256(text), text };
  const called = await caller.call({ candidate, inputs }, new AbortController().signal);
  expect(called).toMatchObject({ outputs: inputs.map((output) => ({ output })) });
});
