/** Heilbronn as a short study: accepted as exact, and verified. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyExample } from '../../src/app/examples.ts';
import { cli, emptyFolder } from '../../test/cli/fixtures/cli.ts';
import { isInside, smallestShare } from './verifier/areas.mjs';

test('a short study is accepted as exact, and verifies', { timeout: 120_000 }, async () => {
  const folder = copyExample('heilbronn', join(emptyFolder(), 'study'));
  const ran = await cli(folder, 'run', '--trials', '3', '--json');
  const promotions: unknown[] = Array.from(ran.json()['promotions'] ?? []);
  expect(promotions.length).toBeGreaterThan(0);
  for (const one of promotions) expect(one).toHaveProperty('exact', { tolerance: 1e-9 });
  expect((await cli(folder, 'verify')).code).toBe(0);
  expect((await cli(folder, 'apply')).code).toBe(0);
  const { points } = JSON.parse(readFileSync(join(folder, 'origin/points.json'), 'utf8'));
  expect(isInside(points.flat())).toBe(true);
  expect(smallestShare(points.flat())).toBeGreaterThan(0.01);
});
