/** A project with another disk in it is no more writable than one without. */

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bubblewrapMissing } from '../../src/sandboxes/bubblewrap/cause.ts';
import { bubblewrapSandbox } from '../../src/sandboxes/bubblewrap.ts';
import { namespacesSandbox } from '../../src/sandboxes/namespaces.ts';

const project = mkdtempSync(join(tmpdir(), 'paceline-mounted-'));
const disk = join(project, 'a disk');
mkdirSync(disk);
chmodSync(project, 0o755);
const isRoot = process.getuid?.() === 0;
// Not by one of the tests: what is mounted must be gone however they end.
if (isRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', disk]);
afterAll(() => {
  if (isRoot) execFileSync('umount', ['--lazy', disk]);
  rmSync(project, { recursive: true });
});

const DRIVERS = [
  { driver: 'namespaces', open: namespacesSandbox, isHere: true },
  { driver: 'bubblewrap', open: bubblewrapSandbox, isHere: bubblewrapMissing() === undefined },
];

for (const { driver, open, isHere } of DRIVERS) {
  test.skipIf(!isRoot || !isHere)(`planted: a writable disk in what ${driver} shows`, async () => {
    const sandbox = open({ scope: join(import.meta.filename, driver) });
    const run = {
      argv: ['sh', '-c', 'ls "$0" && echo x > "$0/a disk/written"', project],
      cwd: '/',
      environment: {},
      reads: [project],
      writes: [],
      hides: [],
      answersOn: 1,
      limits: { wallMs: 10_000, outputBytes: 1000, processes: 4 },
    } as const;
    const end = await sandbox.run(run, new AbortController().signal);
    await sandbox.close();
    expect(end).toMatchObject({ ended: 'exit', answer: 'a disk\n' });
    expect(end.evidence).toMatch(/Read-only file system/);
    expect(existsSync(join(disk, 'written'))).toBe(false);
  });
}
