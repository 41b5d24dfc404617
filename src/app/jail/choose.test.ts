import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PacelineError } from '../../core/errors.ts';
import { openSandbox } from '../../testing/open-sandbox.ts';
import { chooseJail, reportLine } from './choose.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-choose-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;
const cache = (): string => join(folder, `cache-${runs}`);
beforeEach(() => {
  runs++;
  vi.stubEnv('XDG_CACHE_HOME', cache());
});
afterEach(() => vi.unstubAllEnvs());

/** A program of this name found before all others. */
function plant(name: string, script: string): void {
  const bin = join(folder, `bin-${runs}`);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
}

test('what passed is remembered, and tried again when a program changed', {
  timeout: 60_000,
}, async () => {
  plant('bwrap', 'echo bubblewrap 0.4.0');
  const announced: string[] = [];
  const first = await chooseJail({ announce: () => announced.push('first') });
  const again = await chooseJail({ announce: () => announced.push('again') });
  expect(again.reports).toEqual(first.reports);
  expect(first.reports.map(reportLine).join()).toContain('0.8 or newer is needed');
  plant('bwrap', 'echo bubblewrap 0.5.0');
  await chooseJail({ announce: () => announced.push('changed') });
  expect(announced).toEqual(['first', 'changed']);
  expect(readdirSync(join(cache(), 'paceline/self-test'))).toHaveLength(2);
});

test('nothing foreign runs where no level can be had, and the causes are said', async () => {
  const levels = [
    { level: 'J3', driver: 'none', missing: 'it is not there', open: openSandbox },
  ] as const;
  const failed = await chooseJail({ levels }).catch((error) => error as PacelineError);
  expect(failed).toBeInstanceOf(PacelineError);
  expect(failed).toMatchObject({ code: 'ISOLATION', exitCode: 77 });
  expect((failed as PacelineError).message).toMatch(
    /nothing foreign runs without one\. J3 \(none\): it is not there\./,
  );
});

test('a least level that cannot be had is refused, with what stands in its way', {
  timeout: 60_000,
}, async () => {
  plant('bwrap', 'exit 1');
  plant('unshare', 'echo unshare: Operation not permitted >&2; exit 1');
  await expect(chooseJail({ least: 'J2' })).rejects.toThrow(
    /jail level J2 \(jail\.level\).*J2 \(unshare/,
  );
});
