/** The twenty lines as a first user meets them: init, run, and what was written by hand is promoted. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from '../../test/cli/fixtures/cli.ts';

test('init, run, promoted; the one candidate and what follows from it are used up before the budget', {
  timeout: 240_000,
}, async () => {
  const above = emptyFolder();
  expect((await cli(above, 'init', 'here', '--example', 'minimal')).code).toBe(0);
  const folder = join(above, 'here');
  const ran = await cli(folder, 'run', '--trials', '40', '--quiet', '--json');
  expect(ran.json()).toMatchObject({
    status: 'exhausted',
    promotions: [{ metric: 'error', unit: 'points' }],
  });
  expect((await cli(folder, 'verify')).code).toBe(0);
  const unread = await cli(folder, 'apply');
  expect(unread.code).toBe(2);
  expect(unread.stderr).toMatch(/beside what scored it \(class: fused\).*add --reviewed/);
  expect((await cli(folder, 'apply', '--reviewed')).stdout).toMatch(
    /^Wrote origin\/estimate\.mjs/m,
  );
});
