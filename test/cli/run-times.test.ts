/** A metric of times, end to end: a busy loop timed in a process of its own, and one that does a fifth of the work. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from './fixtures/cli.ts';

const kernel = (turns: number): string => `export function work(seed) {
  let sum = seed;
  for (let i = 0; i < ${turns}; i++) sum = (sum * 1664525 + 1013904223) % 4294967296;
  return sum;
}
`;

const EVALUATE = `import { join } from 'node:path';

export async function evaluate({ candidate, cases }) {
  const { work } = await import(join(candidate, 'src/kernel.mjs'));
  return cases.map(({ seed }) => {
    const before = process.hrtime.bigint();
    work(seed);
    return { ms: Number(process.hrtime.bigint() - before) / 1e6 };
  });
}
`;

const CONFIG = `name: kernel
kind: code
surface: { edit: [src/kernel.mjs], readonly: [evaluator] }
evaluator:
  use: function
  module: evaluator/evaluate.mjs
  class: fused
  metrics: [{ name: ms, goal: min, unit: ms, kind: time }]
rule: { minEffect: 2 percent }
control: { share: 0 }
proposers: [{ use: scripted, folder: candidates }]
budget: { trials: 1 }
`;

test('the example of a sort kernel runs from init to verify', { timeout: 300_000 }, async () => {
  const folder = emptyFolder();
  expect((await cli(folder, 'init', '.', '--example', 'sort-kernel')).code).toBe(0);
  const ran = await cli(folder, 'run', '--json', '--trials', '1');
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 1 } });
  expect((await cli(folder, 'verify')).code).toBe(0);
});

/** Times are made up, so that nothing of the machine is in them: `j` counts the runs of a process. */
const madeUp = (factor: string): string => `export async function evaluate({ cases }) {
  return cases.map((_, j) => ({ ms: 10 * (${factor}) * (1 + 0.02 * Math.random()) }));
}
`;

test.each([
  ['that is warm', 'j < 1 ? 3 : 1', /^((?!warm-up:)[\s\S])*$/],
  [
    'that is still warming up',
    'j < 3 ? 3 : 1',
    /warm-up: after 5 more runs .* takes 0\.3\d of its time/,
  ],
])('doctor looks at a process %s', { timeout: 60_000 }, async (_what, factor, says) => {
  const folder = emptyFolder();
  for (const name of ['src', 'evaluator', 'candidates/fifth'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'paceline.yaml'), CONFIG);
  writeFileSync(join(folder, 'src/kernel.mjs'), kernel(1));
  writeFileSync(join(folder, 'evaluator/evaluate.mjs'), madeUp(factor));
  const { code, stdout } = await cli(folder, 'doctor');
  expect([code, stdout]).toEqual([0, expect.stringMatching(says)]);
});

const TURNS = 1_000_000;

test('found, sized as a ratio, reported and verified', { timeout: 300_000 }, async () => {
  const folder = emptyFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('paceline.yaml', CONFIG);
  write('src/kernel.mjs', kernel(TURNS));
  write('evaluator/evaluate.mjs', EVALUATE);
  write('candidates/fifth/src/kernel.mjs', kernel(TURNS / 5));
  const ran = await cli(folder, 'run', '--json');
  expect(ran.stderr).toMatch(/pinned to core \d+|not pinned: /);
  expect(ran.stderr).toMatch(/after 1 discarded warm-up run/);
  expect(ran.stderr).toMatch(/x as fast \[/);
  const result = ran.json() as unknown as {
    readonly reproducible: string;
    readonly promotions: readonly { readonly effect: number; readonly unit: string }[];
  };
  expect(result.reproducible).toBe('replay');
  expect(result.promotions).toMatchObject([{ unit: 'x as fast' }]);
  expect(result.promotions[0]?.effect).toBeGreaterThan(1);
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'show')).stdout).toMatch(/x as fast \[/);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  const [id = ''] = readdirSync(join(folder, '.paceline/studies'));
  const report = readFileSync(join(folder, '.paceline/studies', id, 'report/report.md'), 'utf8');
  expect(report).toMatch(/x as fast \[/);
  expect(report).toContain('run times differ from run to run');
  expect(report).toMatch(/2 % less time/);
});
