import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { watchCap } from './cap-watch.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-cap-'));
mkdirSync(join(root, '.paceline'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a state folder that outgrows its cap pauses the study once, with what to do', async () => {
  let calls = 0;
  const onFull = (): void => {
    calls += 1;
  };
  const watch = watchCap({ root, capBytes: 1000, onFull }, 2);
  await sleep(20);
  expect(calls).toBe(0);
  writeFileSync(join(root, '.paceline/ledger.db'), 'x'.repeat(2000));
  await sleep(40);
  expect(calls).toBe(1);
  expect(watch.end()).toMatchObject({
    code: 'DISK_FAILED',
    message: expect.stringMatching(/paceline gc --dry-run .*The study paused; nothing is lost/),
  });
});
