import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
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

/** Says what bubblewrap says, and runs the program as it is. */
const LIAR = `
[ "$1" = --version ] && { echo bubblewrap 0.11.0; exit; }
while [ "$1" != -- ]; do shift; done
shift
echo "{ \\"child-pid\\": $$ }" >&6
"$@"
code=$?
echo "{ \\"exit-code\\": $code }" >&6
exit $code`;

test('planted: a bwrap that lies is found out, and what got through is named', {
  timeout: 60_000,
}, async () => {
  plant('bwrap', LIAR);
  const { level, reports } = await chooseJail();
  expect(['J2', 'J1']).toContain(level);
  const lines = reports.filter(({ driver }) => driver.startsWith('bubblewrap')).map(reportLine);
  expect(lines.at(-1)).toMatch(/not contained: network: TCP.*reading the host/);
});
