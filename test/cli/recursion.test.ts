import { expect, test } from 'vitest';
import { thorough } from '../thorough.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';

const asked = (...argv: readonly string[]) => cli(emptyFolder(), 'demo', 'recursion', ...argv);

test('a page of demo recursion that cannot be written is refused before any work', {
  timeout: 60_000,
}, async () => {
  const nowhere = await asked('--html', 'no/such/page.html');
  expect(nowhere.code).toBe(73);
  expect(nowhere.stderr).toMatch(
    /page\.html cannot be written: there is no folder .*no\/such\. Make it/,
  );
});

thorough(
  'what cannot be asked of demo recursion is refused before any work',
  {
    timeout: 60_000,
  },
  async () => {
    const none = await asked('--seeds', '0');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--seeds takes 1 to')]);
    const unit = await asked('--unit', 'seconds');
    expect([unit.code, unit.stderr]).toEqual([2, expect.stringContaining('candidates, cpu-ms')]);
  },
);
