import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { capNow } from './cap-now.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-cap-now-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FILES: Readonly<Record<string, readonly [name: string, cap: number]>> = {
  'paceline.yaml': ['other', 900],
  'or3.yaml': ['ours', 300],
  'or3-copy.yml': ['ours', 200],
};

function read(path: string) {
  const [name, cap] = FILES[path.slice(root.length + 1)] ?? [];
  if (name === undefined || cap === undefined) throw new PacelineError('CONFIG_INVALID', path);
  return { name, storage: { cap } };
}

test('the cap is that of the files with its name, whatever else lies there', () => {
  for (const file of [...Object.keys(FILES), 'docker-compose.yaml', 'notes.txt']) {
    writeFileSync(join(root, file), '');
  }
  const recorded = (name: string) => ({ name, storage: { cap: 100 } });
  expect(capNow(root, recorded('ours'), read)).toBe(300);
  expect(capNow(root, recorded('other'), read)).toBe(900);
  expect(capNow(root, recorded('gone'), read)).toBe(100);
});

test('a fault that is none of the file is no silence', () => {
  const broken = (): never => {
    throw new TypeError('ours');
  };
  expect(() => capNow(root, { name: 'ours', storage: { cap: 1 } }, broken)).toThrow('ours');
});
