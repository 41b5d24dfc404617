import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refuseUnwritableTape } from './cassette-use.ts';

test('planted: a tape that cannot be written is refused before anything is spent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-tape-'));
  const record = (file: string) => () => refuseUnwritableTape({ record: join(folder, file) });
  writeFileSync(join(folder, 'old.jsonl'), '');
  expect(record('old.jsonl')).not.toThrow();
  expect(record('new.jsonl')).not.toThrow();
  expect(record('none/new.jsonl')).toThrow(/cannot be written.*Nothing was spent/);
  rmSync(folder, { recursive: true });
});
