/** Metrics of times from the command line; a whole study of one is in run-times.long.test.ts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from './fixtures/cli.ts';
import { KERNEL_CONFIG, kernel } from './fixtures/kernel.ts';

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
  writeFileSync(join(folder, 'paceline.yaml'), KERNEL_CONFIG);
  writeFileSync(join(folder, 'src/kernel.mjs'), kernel(1));
  writeFileSync(join(folder, 'evaluator/evaluate.mjs'), madeUp(factor));
  const { code, stdout } = await cli(folder, 'doctor');
  expect([code, stdout]).toEqual([0, expect.stringMatching(says)]);
});
