import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { evidenceFolder } from './evidence.ts';

function placed() {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-evidence-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { folder, store: evidenceFolder(folder) };
}

const SEEN = { cases: [1, 2, 3], why: 'a long story' };

test('what was put is got, is its owner’s alone, and stands there once', () => {
  const { folder, store } = placed();
  const hash = store.put(SEEN);
  expect(store.put(SEEN)).toBe(hash);
  expect(store.get(hash)).toEqual(SEEN);
  const [name = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test.each([
  ['empty', ''],
  ['cut off', '{"cases":[1,'],
  ['of somebody else', '{}'],
])('planted: a file that is %s is written anew when the same is found again', (_, text) => {
  const { folder, store } = placed();
  const hash = store.put(SEEN);
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), text);
  expect(() => store.get(hash)).toThrow(/is not what the gate wrote/);
  expect(store.put(SEEN)).toBe(hash);
  expect(store.get(hash)).toEqual(SEEN);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});
