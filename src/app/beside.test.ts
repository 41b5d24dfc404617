import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { besideOf } from './beside.ts';
import type { Config } from './config-schema.ts';

/** A repository of two folders, one with more files than are shown one by one. */
function repository(hidden: readonly string[], safety = {}) {
  const root = mkdtempSync(join(tmpdir(), 'paceline-beside-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const many = (folder: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, i) => `${folder}/${i}.txt`);
  const include = [...many('few', 5), ...many('full', 200), 'few/key.txt', 'full/key.txt'];
  for (const name of include) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), '');
  }
  const config = { repository: { commit: '', tools: [] }, surface: { include: [] }, safety };
  const surface = { edit: { 'a.js': '' }, readonly: [], include, links: [] };
  const request = { config: config as unknown as Config, root, task: root, surface };
  return besideOf({ ...request, hidden: new Set(hidden) }, true).map(({ name }) => name);
}

test('planted: of what is shown folder by folder, a hidden file is in none', () => {
  const names = repository(['few/key.txt']);
  expect(names).toContain('few/0.txt');
  expect(names.filter((name) => name === 'few' || name.startsWith('few/key'))).toEqual([]);
});

test('where its folder is too full to be opened it stays whole, for the caller to refuse', () => {
  expect(repository(['full/key.txt'])).toContain('full');
});

test('planted: what candidates are tried on does not stand beside them, though their commit has it', () => {
  const names = repository([], { checks: './few/key.txt' });
  expect(names).toContain('few/0.txt');
  expect(names.filter((name) => name === 'few' || name.startsWith('few/key'))).toEqual([]);
});
