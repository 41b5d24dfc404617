import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { createRecord, openRecord } from './record-file.ts';

const secretCommit = sha256('secret');

function recordPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'study.db');
  createRecord(path);
  return path;
}

test('planted: of two gatekeepers with one record the second to write loses nothing and says so', () => {
  const path = recordPath();
  const [old, next] = [openRecord({ path, secretCommit }), openRecord({ path, secretCommit })];
  const first = old.append('left', '{}');
  expect(() => next.append('left', '{}')).toThrow(/Another gatekeeper wrote.*paceline resume/);
  old.close();
  next.close();
  const again = openRecord({ path, secretCommit });
  expect(again.rows()).toEqual([first]);
  again.close();
});

test('planted: a record that is closed takes nothing any more', () => {
  const path = recordPath();
  const store = openRecord({ path, secretCommit });
  store.close();
  expect(() => store.append('left', '{}')).toThrow(/cannot be written/);
  const again = openRecord({ path, secretCommit });
  expect(again.rows()).toEqual([]);
  again.close();
});

test.each([
  ['the record', (path: string) => path, 0o640, 0o600],
  ['its folder', (path: string) => join(path, '..'), 0o755, 0o700],
])('planted: %s that others can reach judges nothing until it is closed', (_, of, open, shut) => {
  const path = recordPath();
  chmodSync(of(path), open);
  expect(() => openRecord({ path, secretCommit })).toThrow(/other users.*chmod/);
  chmodSync(of(path), shut);
  openRecord({ path, secretCommit }).close();
});
