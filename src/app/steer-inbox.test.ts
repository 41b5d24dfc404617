import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRefused, listWaiting, steerFolder, studyInbox } from './steer-inbox.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paceline-inbox-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('something else in the place of its folder ends neither a study nor status', async () => {
  const folder = steerFolder(root, 'spoilt');
  mkdirSync(dirname(folder), { recursive: true });
  writeFileSync(folder, 'in the way');
  expect(await studyInbox(root, 'spoilt').waiting()).toEqual([]);
  expect([listWaiting(folder), listRefused(folder)]).toEqual([[], []]);
});
