/** A metric of times, end to end: a busy loop timed in a process of its own, and one that does a fifth of the work. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from './fixtures/cli.ts';
import { KERNEL_CONFIG, kernel } from './fixtures/kernel.ts';

const EVALUATE = `import { join } from 'node:path';

export async function evaluate({ candidate, cases }) {
  const { work } = await import(join(candidate, 'src/kernel.mjs'));
  return cases.map(({ seed }) => {
    const before = process.hrtime.bigint();
    if (!Number.isFinite(work(seed))) throw new Error('work gave no number');
    return { ms: Number(process.hrtime.bigint() - before) / 1e6 };
  });
}
`;

const TURNS = 1_000_000;

test('found, sized as a ratio, reported and verified', { timeout: 300_000 }, async () => {
  const folder = emptyFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('paceline.yaml', KERNEL_CONFIG);
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
