/** Finite pools of confirm cases as people meet them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, configWith, exampleFolder } from './fixtures/cli.ts';

function folderWith(pool: string): string {
  const keys = `budget: { trials: 8 }\nsplits: { confirm: { pool: ${pool} } }`;
  return exampleFolder({ 'paceline.yaml': configWith('budget: { trials: 8 }', keys) });
}

function reportOf(folder: string): string {
  const [study = ''] = readdirSync(join(folder, '.paceline/studies'));
  return readFileSync(join(folder, '.paceline/studies', study, 'report/report.md'), 'utf8');
}

test('a pool that answers in bits: run, report, show, verify', { timeout: 240_000 }, async () => {
  const folder = folderWith('{ cases: 230, use: bit }');
  expect((await cli(folder, 'run', '--quiet')).code).toBe(0);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  expect(reportOf(folder)).toMatch(
    /46 cases that all attempts share, of which nothing but accepted/,
  );
  expect((await cli(folder, 'show')).stdout).toMatch(
    /the whole pool of 46 pairs, .*how far it went stays with the gate/,
  );
  expect((await cli(folder, 'verify')).code).toBe(0);
  const compared = await cli(folder, 'compare', 'origin', 'incumbent');
  expect(compared.stderr).toMatch(
    /has a pool of confirm cases: beside it there are no fresh cases/,
  );
  expect(compared.code).toBe(2);
  const gate = join(folder, '.paceline/gate');
  expect(readdirSync(gate)).toHaveLength(5);
  expect((await cli(folder, 'gc', '--keep', '0')).code).toBe(0);
  expect(readdirSync(gate)).toEqual(['keys']);
});

test('a pool that is used once: it says how much is used, and too small a one is refused', {
  timeout: 240_000,
}, async () => {
  const folder = folderWith('{ cases: 500 }');
  expect((await cli(folder, 'run', '--quiet')).code).toBe(0);
  expect((await cli(folder, 'report', '--audit')).code).toBe(0);
  expect(reportOf(folder)).toMatch(/a pool of 500 cases, drawn without replacement: \d+ used/);
  expect((await cli(folder, 'verify')).code).toBe(0);
  const small = await cli(folderWith('{ cases: 100 }'), 'run', '--quiet');
  expect(small.stderr).toMatch(/has 100 cases; a first attempt may take 30, its gain as many/);
  expect(small.code).toBe(2);
});
