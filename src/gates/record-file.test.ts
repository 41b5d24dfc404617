import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import { gateGenesis, nextGateRow } from '../core/gate-chain.ts';
import { sha256 } from '../core/hash.ts';
import { createRecord, openRecord, readRecord } from './record-file.ts';

const secretCommit = sha256('secret');

function recordPath(name = 'study.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
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

function refusal(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('what is made is the owner’s alone, its folders too, and one file', () => {
  const path = recordPath('a/b/study.db');
  const modes = [dirname(path), dirname(dirname(path)), path].map(
    (one) => statSync(one).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o700, 0o600]);
  const store = openRecord({ path, secretCommit });
  store.append('left', '{}');
  expect(readdirSync(dirname(path))).toEqual(['study.db']);
  store.close();
});

test('a row continues the chain of the study, from its first on, in the order of numbers', () => {
  const path = recordPath();
  const store = openRecord({ path, secretCommit });
  let before = gateGenesis(secretCommit);
  for (let entry = 1; entry <= 12; entry++) {
    const due = nextGateRow(before, { entry, kind: 'left', body: `{"n":${entry}}` });
    expect(store.append('left', `{"n":${entry}}`)).toEqual(due);
    before = due.hash;
  }
  store.close();
  // Twice is once.
  store.close();
  expect(readRecord(path)).toEqual(store.rows());
  expect(readRecord(path)?.map(({ entry }) => entry)).toEqual(
    Array.from({ length: 12 }, (_, i) => i + 1),
  );
  const again = openRecord({ path, secretCommit });
  const next = again.append('left', '{}');
  expect(next).toEqual(nextGateRow(before, { entry: 13, kind: 'left', body: '{}' }));
  again.close();
});

test('reading writes nothing and makes nothing, whatever the path is called', () => {
  const path = recordPath('a b?mode=rw#c%20d.db');
  const store = openRecord({ path, secretCommit });
  const row = store.append('left', '{}');
  store.close();
  chmodSync(path, 0o400);
  expect(readRecord(path)).toEqual([row]);
  expect(readdirSync(dirname(path))).toHaveLength(1);
  const gone = join(dirname(path), 'gone.db');
  expect(readRecord(gone)).toBeUndefined();
  expect(existsSync(gone)).toBe(false);
});

test('planted: text that is none is read and ends nothing', () => {
  const path = recordPath();
  const store = openRecord({ path, secretCommit });
  store.append('left', '{}');
  store.close();
  const db = new Database(path);
  db.exec("update entry set body = cast(x'7bff7d' as text)");
  db.close();
  expect(readRecord(path)).toMatchObject([{ entry: 1, kind: 'left', body: '{\ufffd}' }]);
});

test('a refusal is one sentence with what to do, and names the file', () => {
  const path = recordPath();
  const code = 'GATE_STORE';
  expect(refusal(() => createRecord(path))).toMatchObject({
    code,
    data: { path },
    cause: { code: 'EEXIST' },
    message: expect.stringMatching(
      /^The gate's record .*study\.db cannot be made: EEXIST.*\. Check the disk and the rights of the folder, or restore the file from a copy\.$/,
    ),
  });
  const gone = `${path}.gone`;
  expect(refusal(() => openRecord({ path: gone, secretCommit }))).toMatchObject({
    code,
    data: { path: gone },
    message: `The gate's record ${gone} is gone, so nobody knows how often the hold-out was asked. Restore the file, or start a new study.`,
  });
  const [one, other] = [openRecord({ path, secretCommit }), openRecord({ path, secretCommit })];
  one.append('left', '{}');
  expect(refusal(() => other.append('left', '{}'))).toMatchObject({
    code,
    data: { path },
    message: `Another gatekeeper wrote to ${path} meanwhile, one that was about to end. Nothing is lost: run paceline resume.`,
  });
  one.close();
  expect(refusal(() => one.append('left', '{}'))).toMatchObject({
    message: expect.stringContaining(`The gate's record ${path} cannot be written: it was closed.`),
  });
  expect(other.rows()).toEqual([]);
  const db = new Database(path);
  db.exec('drop table entry');
  db.close();
  expect(refusal(() => other.append('left', '{}'))).toMatchObject({
    message: expect.stringMatching(/ cannot be written: .*no such table/),
  });
  other.close();
  expect(refusal(() => openRecord({ path, secretCommit }))).toMatchObject({
    code,
    message: expect.stringMatching(/ cannot be read: .*no such table/),
  });
  chmodSync(path, 0o604);
  expect(refusal(() => openRecord({ path, secretCommit }))).toMatchObject({
    code,
    data: { path },
    message: `${path} can be reached by other users, and the gate's reasons and sealed values lie there, so nothing is judged. Close it: chmod 600 ${path}. If somebody may have read it meanwhile, start a new study.`,
  });
  chmodSync(dirname(path), 0o711);
  expect(refusal(() => openRecord({ path, secretCommit }))).toMatchObject({
    data: { path: dirname(path) },
    message: expect.stringContaining(`Close it: chmod 700 ${dirname(path)}.`),
  });
});
