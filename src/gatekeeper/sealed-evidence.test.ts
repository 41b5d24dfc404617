/** The sealed store of evidence: what it keeps, for whom, and what it says of a file that is not what it wrote. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { evidenceFolder } from './evidence.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-evidence-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'gate', 'evidence');
}

function errorOf(work: () => unknown): PacelineError {
  try {
    work();
  } catch (error) {
    if (PacelineError.is(error)) return error;
  }
  throw new Error('nothing was refused');
}

test('evidence is found by its hash, which does not depend on the order of its keys', () => {
  const store = evidenceFolder(newFolder());
  const hash = store.put({ b: [1, null], a: 'seen' });
  expect(store.get(hash)).toEqual({ a: 'seen', b: [1, null] });
  expect(store.put({ a: 'seen', b: [1, null] })).toBe(hash);
  expect(store.put({ a: 'seen', b: [2, null] })).not.toBe(hash);
});

test('each lies in one file of its owner alone, and is written once', () => {
  const folder = newFolder();
  const store = evidenceFolder(folder);
  expect(existsSync(folder)).toBe(false);
  const hash = store.put('seen');
  store.put('seen');
  expect(readdirSync(folder)).toEqual([`${hash.replace('sha256:', '')}.json`]);
  const [name = ''] = readdirSync(folder);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('what is gone or was changed is refused by name, and never read as evidence', () => {
  const folder = newFolder();
  const store = evidenceFolder(folder);
  const gone = errorOf(() => store.get(sha256('nothing')));
  expect(gone).toMatchObject({ code: 'GATE_STORE' });
  expect(gone.message).toMatch(/is gone.*Restore the file/);
  const hash = store.put({ passed: false });
  const path = join(folder, `${hash.replace('sha256:', '')}.json`);
  writeFileSync(path, '{"passed":true}');
  const changed = errorOf(() => store.get(hash));
  expect(changed).toMatchObject({ code: 'GATE_STORE', data: { path } });
  expect(changed.message).toMatch(/is not what the gate wrote/);
});
