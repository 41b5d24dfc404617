import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownSecret } from './own-secret.ts';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'study.secret');
}

test('made once, for its owner alone, and nothing is left beside it', () => {
  const path = place();
  const secret = ownSecret({ path, isNeeded: false });
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(ownSecret({ path, isNeeded: true })).toBe(secret);
  expect(readdirSync(join(path, '..'))).toEqual(['study.secret']);
  expect(ownSecret({ path: place(), isNeeded: false })).not.toBe(secret);
});

test('what a killed process left aside is no secret and in nobody’s way', () => {
  const path = place();
  writeFileSync(`${path}.${process.pid}.new`, 'abc');
  expect(ownSecret({ path, isNeeded: false })).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ['empty, as a kill between making and writing left it', ''],
  ['cut off', 'abcdef0123'],
  ['another text', 'x'.repeat(64)],
])('planted: one that is %s gives no cases that anybody could compute', (_, text) => {
  const path = place();
  writeFileSync(path, text, { mode: 0o600 });
  expect(() => ownSecret({ path, isNeeded: false })).toThrow(/empty or cut off/);
});

test('planted: one that others can read is refused until it is closed', () => {
  const path = place();
  const secret = ownSecret({ path, isNeeded: false });
  chmodSync(path, 0o644);
  expect(() => ownSecret({ path, isNeeded: true })).toThrow(/chmod 600/);
  chmodSync(path, 0o600);
  expect(ownSecret({ path, isNeeded: true })).toBe(secret);
});

test('planted: one that is gone after something was judged is not made anew', () => {
  const path = place();
  expect(() => ownSecret({ path, isNeeded: true })).toThrow(/is gone/);
  mkdirSync(path);
  expect(() => ownSecret({ path, isNeeded: true })).toThrow(/is no file/);
});
