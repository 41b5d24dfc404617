import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fingerprint, firstChange } from './own-files.ts';

let home: string;
let judges: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'paceline-judges-'));
  judges = join(home, 'judges');
  for (const folder of ['judges', 'elsewhere', 'third']) mkdirSync(join(home, folder));
  writeFileSync(join(home, 'elsewhere/score.mjs'), 'one');
  writeFileSync(join(home, 'third/single.mjs'), 'one');
  symlinkSync('../elsewhere', join(judges, 'folder'));
  symlinkSync('../third/single.mjs', join(judges, 'single.mjs'));
  symlinkSync('.', join(judges, 'loop'));
  symlinkSync('nowhere', join(judges, 'dangling'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each([
  ['folder/score.mjs', 'elsewhere/score.mjs'],
  ['single.mjs', 'third/single.mjs'],
])('a judge behind the link %s is seen to change', (name, target) => {
  const before = fingerprint([judges]);
  expect(firstChange(before, fingerprint([judges]))).toBeUndefined();
  writeFileSync(join(home, target), 'another');
  expect(firstChange(before, fingerprint([judges]))).toBe(`${join(judges, name)} was changed`);
});

test('a link that leads elsewhere than before is seen too', () => {
  const before = fingerprint([judges]);
  rmSync(join(judges, 'dangling'));
  symlinkSync('../elsewhere/score.mjs', join(judges, 'dangling'));
  expect(firstChange(before, fingerprint([judges]))).toBe(`${join(judges, 'dangling')} was added`);
});
