/** From examples to a function with its tests: the learnt search finds it, the bare one does not. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from '../../test/cli/fixtures/cli.ts';

const TSX = join(import.meta.dirname, '../../node_modules/.bin/tsx');

test('the example runs from init to apply and verify', { timeout: 180_000 }, async () => {
  const folder = emptyFolder();
  expect((await cli(folder, 'init', '.', '--example', 'by-example')).code).toBe(0);
  const ran = await cli(folder, 'run', '--trials', '12', '--json');
  expect(ran.json()).toMatchObject({ promotions: [{ trial: 0, effect: 100 }] });
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'apply')).code).toBe(0);
  expect(readFileSync(join(folder, 'origin/answer.ts'), 'utf8')).toContain('x > mean(list)');
  const said = execFileSync(TSX, ['--test', 'origin/answer.examples.ts'], { cwd: folder });
  expect(said.toString()).toContain('# pass 8');
});
