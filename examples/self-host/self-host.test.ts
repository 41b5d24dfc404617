/** The judge of the example: an interpreter that is wrong in one bit has no time, and the second telling agrees with ours. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../src/app/config.ts';
import { readSurface } from '../../src/app/surface.ts';
import { values } from './caller/values.ts';
import { evaluate } from './evaluator/evaluate.ts';

const ROOT = join(import.meta.dirname, '../..');
const study = parse(
  readFileSync(join(import.meta.dirname, 'study.yaml'), 'utf8').replace('COMMIT', 'a'.repeat(40)),
);
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** What stands in a rollout, with a change in one file. */
function candidateWith(file: string, [part, by]: readonly [string, string]): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-self-host-'));
  made.push(folder);
  const { edit, include } = readSurface(ROOT, { surface: { ...study.surface } } as never);
  for (const path of [...Object.keys(edit), ...include])
    cpSync(join(ROOT, path), join(folder, path));
  const source = readFileSync(join(folder, file), 'utf8');
  if (!source.includes(part)) throw new Error(`${file} has no ${part}`);
  writeFileSync(join(folder, file), source.replace(part, by));
  return folder;
}

const timed = (candidate: string) =>
  evaluate({ candidate, cases: [{ seed: 7 }], params: { compared: 40, timed: 2, rounds: 1 } });

const KERNELS = 'src/lang/kernels.ts';
const INTERPRET = 'src/lang/interpret.ts';

test('the interpreter as it is has a time, and one that says the same in other words', async () => {
  for (const change of [
    ['', ''],
    ['1 - (a[r] as number)', '1 + -(a[r] as number)'],
  ] as const) {
    const [{ time } = { time: 0 }] = await timed(candidateWith(KERNELS, change));
    expect(time).toBeGreaterThan(0);
  }
});

test.each<[string, string, string, string]>([
  [
    '−0 for 0',
    KERNELS,
    '(a[r] as number) - (b[r] as number)',
    '-((b[r] as number) - (a[r] as number))',
  ],
  [
    'NaN lost',
    KERNELS,
    'Math.min(a[r] as number, b[r] as number)',
    '(a[r]! < b[r]! ? a[r]! : b[r]!)',
  ],
  [
    'the last row left out',
    KERNELS,
    'r < n; r++) out[r] = (a[r] as number) +',
    'r < n - 1; r++) out[r] = (a[r] as number) +',
  ],
  ['another rounding', KERNELS, 'near * (1 - s) + far * s', 'near + (far - near) * s'],
  [
    'an input written to',
    INTERPRET,
    "node.args[0].op === 'var' ? cache.acquire(n) : first",
    'first',
  ],
  [
    'a buffer given back too early',
    INTERPRET,
    'const second =',
    'run.cache.release(out);\n  const second =',
  ],
  [
    'a test of one row, which no clock looks at (found by a study)',
    INTERPRET,
    '< scalar(node.args[1], inputs);',
    '< (node.args[1] as never);',
  ],
  ['infinity let out', INTERPRET, 'finite(values[r] as number)', '(values[r] as number)'],
])('planted: %s', async (_what, file, part, by) => {
  await expect(timed(candidateWith(file, [part, by]))).rejects.toThrow(/not the same/);
});

interface Checks {
  readonly inputs: (of: typeof fc) => fc.Arbitrary<Parameters<typeof values>>;
  readonly properties: Readonly<
    Record<
      string,
      (one: { readonly input: unknown; readonly output: readonly number[] }) => unknown
    >
  >;
}

test('told a second time it is the same; planted: one row that differs is noticed', async () => {
  const { inputs, properties }: Checks = await import(
    join(import.meta.dirname, 'checks/checks.mjs')
  );
  const holds = Object.values(properties)[0] ?? (() => 'none');
  fc.assert(
    fc.property(inputs(fc), (input) => {
      const output = [...values(...input)];
      expect(holds({ input, output })).toBe(true);
      if (output.length === 0) return;
      const wrong = output.with(-1, (output.at(-1) as number) + 1);
      if (wrong.at(-1) !== output.at(-1)) expect(holds({ input, output: wrong })).toMatch(/^row/);
    }),
    { numRuns: 300 },
  );
});

test('a table that rounding lifts above the largest number is the same, told a second time', async () => {
  const { properties }: Checks = await import(join(import.meta.dirname, 'checks/checks.mjs'));
  const holds = Object.values(properties)[0] ?? (() => 'none');
  const [x, y] = [
    { op: 'var', name: 'x' },
    { op: 'const', value: 0 },
  ] as const;
  const table = { op: 'grid', x, y, xs: [-10, 11], ys: [0], z: [1e300, 1e300] } as const;
  const forest = { slots: { value: table } };
  const told = Array.from({ length: 40 }, (_, number) => {
    const output = [...values(forest, number)];
    expect(holds({ input: [forest, number], output })).toBe(true);
    return output;
  });
  expect(told.flat().some((one) => one > 1e300)).toBe(true);
});

test('the surface is one that a study may have; planted: with a folder that judges it is none', () => {
  const config = parseConfig(study, 'study.yaml');
  expect(Object.keys(readSurface(ROOT, config).edit)).toEqual([INTERPRET, KERNELS]);
  for (const judge of ['src/gates', 'src/pace/governor.ts', 'src/stats', 'src/loop/purse.ts']) {
    const { surface } = config;
    const edit = [...surface.edit, judge];
    expect(() => readSurface(ROOT, { ...config, surface: { ...surface, edit } })).toThrow(
      /may not change what decides, measures, records or pays/,
    );
  }
});
