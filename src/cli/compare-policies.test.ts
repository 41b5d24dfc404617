/** What is refused before anything is measured. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../test/cli/fixtures/cli.ts';
import { watchPolicies } from './compare-policies.ts';

test('a secret is never taken and not looked at: families have no seal', async () => {
  const root = emptyFolder();
  mkdirSync(join(root, 'families'));
  writeFileSync(join(root, 'families/families.mjs'), 'export const families = [];');
  const asked = { tasks: 'families', reveal: 'secret' };
  await expect(watchPolicies(root, ['bare', 'bare'], asked)).rejects.toThrow(
    /--reveal opens a sealed pool, and families holds families/,
  );
});
