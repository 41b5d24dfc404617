/** A split evaluator whose candidates are Python. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { processSandbox } from '../testing/plain-sandbox.ts';
import { type SplitOptions, splitEvaluator } from './split.ts';

const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'paceline-split-python-'));
const sandbox = processSandbox({ scope: folder });

const FILES = {
  'judge/judge.mjs': `export const ask = ({ seed }) => ({ x: seed });
export const score = ({ input, output }) => ({ loss: Math.abs(output - 2 * input.x) });`,
  'solver/solve.py': `from scale import scale
def solve(candidate, given, params):
    import program
    return scale(program.f(given["x"]))
`,
  'solver/scale.py': 'def scale(x):\n    return x\n',
};
for (const [name, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
const options: SplitOptions = {
  judge: join(folder, 'judge/judge.mjs'),
  solver: join(folder, 'solver/solve.py'),
  cwd: folder,
  kind: { materialise: (text) => ({ 'program.py': text }) },
  metric: 'loss',
  params: {},
  limits: { wallMs: 5000, outputBytes: 1024 * 1024 },
  sandbox,
  workDirectory: join(folder, 'work'),
};
const evaluator = splitEvaluator(options);
afterAll(async () => {
  await evaluator.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function said(
  text: string,
  cases = [3, 4],
  by = evaluator,
): Promise<readonly (number | string)[]> {
  const request = { candidate: { id: sha256(text), text }, cases };
  const [measured] = await by.measure([request], new AbortController().signal);
  return (measured?.cases ?? []).map((one) =>
    one.outcome === 'scored' ? one.value : `${one.outcome}: ${one.message}`,
  );
}

describe.skipIf(!HAS_PYTHON)(HAS_PYTHON ? 'Python' : 'Python (no python3 on PATH)', () => {
  test('an output is scored by the judge', async () => {
    expect(await said('def f(x):\n    return 2 * x\n')).toEqual([0, 0]);
    expect(await said('def f(x):\n    return x\n')).toEqual([3, 4]);
  });

  test.each([
    ['return float("nan")', 'ValueError: Out of range float values are not JSON compliant'],
    ['return None', 'solve gave nothing'],
    ['return [10 ** 400]', 'ValueError: solve gave an integer that no double holds'],
    ['return 2 ** 64 + 1', 'ValueError: solve gave an integer that no double holds'],
    ['return object()', 'TypeError: solve gave what JSON cannot hold: object'],
    ['raise SystemExit(0)', 'SystemExit: 0'],
    ['raise ValueError("4" * 2_000_000)', 'ValueError: 444'],
    ['return {1, 2}', 'TypeError: solve gave what JSON cannot hold: set'],
  ])('%s is no number', async (body, message) => {
    const [first] = await said(`def f(x):\n    ${body}\n`, [1]);
    expect(first).toMatch(/^crashed: solve failed: /);
    expect(first).toContain(message);
  });

  test('an integer that a double holds is a number, however large', async () => {
    expect(await said('def f(x):\n    return 2 ** 60\n', [0])).toEqual([2 ** 60]);
  });

  test('what cannot be loaded says so of every input, and no earlier call answers in its place', async () => {
    const cwd = join(folder, 'loads-once');
    const solver = `import sys
if getattr(sys, "seen", 0):
    raise ImportError("not twice")
sys.seen = 1
def solve(candidate, given, params):
    return 2 * given["x"]
`;
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'solve.py'), solver);
    const once = splitEvaluator({
      ...options,
      solver: join(cwd, 'solve.py'),
      deterministic: false,
    });
    expect(await said('# one', [1], once)).toEqual([0]);
    const failed = 'crashed: solve failed: ImportError: not twice';
    expect(await said('# one', [1, 2], once)).toEqual([failed, failed]);
    await once.close();
  });

  test('a package without __init__.py begins anew with each call, too', async () => {
    const cwd = join(folder, 'package');
    mkdirSync(cwd);
    writeFileSync(
      join(cwd, 'solve.py'),
      'def solve(candidate, given, params):\n    from parts import part\n    return part.f(given["x"])\n',
    );
    const packaged = splitEvaluator({
      ...options,
      solver: join(cwd, 'solve.py'),
      kind: { materialise: (text) => ({ 'parts/part.py': text }) },
    });
    const text = 'n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\n';
    for (let call = 0; call < 3; call++) expect(await said(text, [0], packaged)).toEqual([1]);
    await packaged.close();
  });

  test('sets are walked in the same order in every process', async () => {
    const text = 'def f(x):\n    return hash("a word") % 1000\n';
    const [first, second] = [await said(text, [0]), await said(text, [0])];
    expect(first).toEqual(second);
    expect(typeof first[0]).toBe('number');
  });

  test('a candidate that does not compile, or ends its process', async () => {
    expect((await said('def f(x:\n', [1]))[0]).toMatch(/^crashed: solve failed: SyntaxError/);
    const ends = 'import os\ndef f(x):\n    os._exit(0)\n';
    expect((await said(ends, [1]))[0]).toMatch(/^crashed: Ended with exit code 0/);
  });

  test('module state begins anew with each call; what is carried on all the same is found out', async () => {
    const own = 'n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\n';
    expect([await said(own, [0]), await said(own, [0])]).toEqual([[1], [1]]);
    const escaped =
      'import sys\ndef f(x):\n    sys.n = getattr(sys, "n", 0) + 1\n    return sys.n\n';
    expect(await said(escaped, [0])).toEqual([1]);
    expect((await said(escaped, [0]))[0]).toMatch(/^invalid: Case 0 was answered otherwise/);
  });
});
