import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { watchDisk } from './disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-disk-'));
afterAll(() => spawnSync('rm', ['-rf', folder]));

/** As a shell makes it, step by step: no path of it can be named as a whole. */
const DEEP = `
long=$(printf '%0250d' 0)
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do mkdir $long && cd $long; done
mkdir $long && echo made`;

test('planted: what cannot be looked at does not stop whoever looks', async () => {
  const made = spawnSync('bash', ['-c', DEEP], { cwd: folder, encoding: 'utf8' });
  expect(made.stdout).toBe('made\n');
  const stops: string[] = [];
  const stop = (why: string): void => void stops.push(why);
  const release = watchDisk({ folders: [folder], diskBytes: 2 ** 20, stop });
  await sleep(200);
  expect(stops).toEqual([]);
  spawnSync('dd', ['if=/dev/zero', 'of=large', 'bs=1M', 'count=2'], { cwd: folder });
  await sleep(200);
  release();
  expect(stops).toContain('over-disk');
});
