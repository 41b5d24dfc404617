/** The folder as it lies there: its evaluator ranks as it should, and a study runs. */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from '../../test/cli/fixtures/cli.ts';

const PYTHON = 'python3';
const hasPython = spawnSync(PYTHON, ['--version']).status === 0;
const withPython = test.skipIf(!hasPython);
const why = hasPython ? '' : ' (skipped: there is no python3)';

/** Loss of the program with another weight, on the walks of a seed. */
function lossOf(weight: number): number {
  const code = `
import random, re, sys, tempfile, evaluator
source = re.sub("weight = 1.0", "weight = ${weight}", open("initial_program.py").read())
with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
    file.write(source)
    file.flush()
    random.seed(7)
    print(evaluator.evaluate(file.name)["loss"])`;
  const { stdout, stderr } = spawnSync(PYTHON, ['-B', '-c', code], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return Number(stdout);
}

withPython(`averaging over the past beats the last value${why}`, () => {
  const [last, averaged, never] = [1, 0.3, 0].map(lossOf);
  expect(averaged).toBeLessThan((last ?? 0) * 0.5);
  expect(never).toBeGreaterThan(last ?? 0);
});

withPython(`the folder is taken as it is${why}`, { timeout: 60_000 }, async () => {
  const folder = emptyFolder();
  cpSync(import.meta.dirname, folder, { recursive: true });
  const ran = await cli(folder, 'run', '--trials', '2', '--json');
  expect(ran.json()).toMatchObject({ status: 'budget', trials: { total: 2 } });
  expect((await cli(folder, 'verify')).code).toBe(0);
});
