/** `demo recursion` as people meet it: one seed of all lines, half a CPU-minute, and one that is interrupted. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder, ending, startCli } from './fixtures/cli.ts';

interface Shown {
  readonly lines: readonly {
    readonly line: string;
    readonly held: readonly { readonly mean: number }[];
  }[];
  readonly statements: readonly { readonly verdict?: string }[];
  readonly notShown: readonly string[];
  readonly peakMb: number;
}

test('one seed: recursion ends above its control, nothing is claimed, the page is there', {
  timeout: 600_000,
}, async () => {
  const folder = emptyFolder();
  const said = await cli(folder, 'demo', 'recursion', '--seeds', '1', '--json');
  expect(said.code, said.stderr).toBe(0);
  expect(said.stderr).toMatch(/^seed 1, unseen combinations solved by generations 0 to 6: \d+, /);
  const json = said.json() as unknown as Shown;
  const last = (line: string): number =>
    json.lines.find((one) => one.line === line)?.held.at(-1)?.mean ?? Number.NaN;
  expect(json.lines).toHaveLength(11);
  expect(last('recursive')).toBeGreaterThan(last('control'));
  expect(last('recursive')).toBeGreaterThan(last('costs-only'));
  expect(json.statements.every(({ verdict }) => verdict === undefined)).toBe(true);
  expect(json.notShown[0]).toMatch(/^A claim: 1 seed is fewer than 12/);
  expect(json.peakMb).toBeLessThan(400);
  expect(readFileSync(join(folder, 'recursion.html'), 'utf8')).toContain('</html>');
});

test('interrupted it says so, leaves no page and no process', { timeout: 120_000 }, async () => {
  const folder = emptyFolder();
  const child = startCli(folder, 'demo', 'recursion', '--seeds', '2');
  const ended = ending(child);
  await new Promise<void>((resolve) => child.stderr?.once('data', () => resolve()));
  const seeds = childrenOf(child.pid as number);
  expect(seeds.length).toBeGreaterThan(0);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([130, expect.stringContaining('Interrupted; nothing is kept')]);
  await expect
    .poll(() => seeds.filter((pid) => existsSync(`/proc/${pid}`)), { timeout: 20_000 })
    .toEqual([]);
  expect(existsSync(join(folder, 'recursion.html'))).toBe(false);
});

const childrenOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
