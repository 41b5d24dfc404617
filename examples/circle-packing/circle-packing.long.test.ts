/** The configs of circle packing as short studies: accepted as exact, and verified. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyExample } from '../../src/app/examples.ts';
import { cli, emptyFolder } from '../../test/cli/fixtures/cli.ts';
import { isPacking, sumOfRadii } from './verifier/packing.mjs';

test('a short study of each config is accepted as exact, and verifies', {
  timeout: 240_000,
}, async () => {
  for (const [config, file] of [
    ['paceline.yaml', 'circles.json'],
    ['n32.yaml', 'circles-32.json'],
  ] as const) {
    const folder = copyExample('circle-packing', join(emptyFolder(), 'study'));
    const before = readFileSync(join(folder, 'origin', file), 'utf8');
    const ran = await cli(folder, 'run', '--config', config, '--trials', '3', '--json');
    const promotions: unknown[] = Array.from(ran.json()['promotions'] ?? []);
    expect(promotions.length).toBeGreaterThan(0);
    for (const one of promotions) expect(one).toHaveProperty('exact', { tolerance: 1e-9 });
    expect((await cli(folder, 'verify')).code).toBe(0);
    expect((await cli(folder, 'apply')).code).toBe(0);
    const after = readFileSync(join(folder, 'origin', file), 'utf8');
    expect(after).not.toBe(before);
    const numbers: readonly number[] = JSON.parse(after).flat();
    expect(isPacking(numbers)).toBe(true);
    expect(sumOfRadii(numbers)).toBeGreaterThan(2.5);
  }
});
