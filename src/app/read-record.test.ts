import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readComparison } from './compare/record.ts';
import { readPortfolio } from './portfolio/files.ts';
import { readSet } from './replicates/set-file.ts';
import { readStudyRecord } from './study-files.ts';

const STUDY = JSON.stringify({ id: 'a', root: '/', config: {} });

function folderWith(path: string, text: string): string {
  const root = mkdtempSync(join(tmpdir(), 'paceline-record-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const whole = join(root, '.paceline', path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return root;
}

const READERS = [
  ['studies/a/study.json', readStudyRecord, /the ledger beside it is untouched\.$/],
  ['replicates/a/set.json', readSet, /the ledgers of its studies are untouched\.$/],
  ['portfolios/a/portfolio.json', readPortfolio, /the ledgers of its studies are untouched\.$/],
  ['comparisons/a.json', readComparison, /or remove it and compare again\.$/],
] as const;

test.each(READERS)('%s, damaged: one sentence with what to do', (path, read, remedy) => {
  const texts = ['', '{', '{}', STUDY.replace('{', '{"more":1,')];
  for (const text of texts) {
    const root = folderWith(path, text);
    const whole = join(root, '.paceline', path);
    expect(() => read(root, 'a')).toThrow(
      expect.objectContaining({
        code: 'WORKSPACE',
        data: { path: whole },
        message: expect.stringMatching(remedy),
      }),
    );
  }
});

test('a whole record is read', () => {
  const root = folderWith('studies/a/study.json', STUDY);
  expect(readStudyRecord(root, 'a')).toEqual(JSON.parse(STUDY));
});
