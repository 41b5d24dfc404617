/** Briefs of work packages: read, refused, and held against the one that was fixed. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPackage, writeBrief } from '../../src/app/packages/brief.ts';
import { isBegun, packageConfig } from '../../src/app/packages/package.ts';
import { createStudyFiles } from '../../src/app/study-files.ts';
import { CRITERIA } from './fixtures/package-brief.ts';
import { sourceFolder } from './fixtures/source-task.ts';

test('criteria edited after the start are refused, whatever was edited', () => {
  const root = sourceFolder({ 'packages/estimate/brief.yaml': CRITERIA });
  const one = readPackage(root, 'estimate');
  expect(isBegun(one)).toBe(false);
  createStudyFiles({ id: one.study, root, config: packageConfig(one) }, 'secret');
  expect(isBegun(one)).toBe(true);
  for (const edited of [CRITERIA.replace('0.01', '0.001'), `${CRITERIA}# a remark\n`]) {
    writeFileSync(join(root, 'packages/estimate/brief.yaml'), edited);
    const now = readPackage(root, 'estimate');
    expect(() => isBegun(now)).toThrow(/The brief of estimate was edited.*Restore it/);
  }
});

test('a brief that cannot be used says what to write; a new one is whole', () => {
  const root = sourceFolder({
    'packages/bad/brief.yaml': CRITERIA.replace('ask: evals', 'ask: evels'),
    'packages/twice/brief.yaml': CRITERIA.replace('id: much', 'id: gain'),
  });
  expect(() => readPackage(root, 'bad')).toThrow(/acceptance.2.*evels/s);
  expect(() => readPackage(root, 'twice')).toThrow(/name each id once/);
  expect(() => readPackage(root, 'none')).toThrow(/paceline package new none/);
  expect(() => readPackage(root, '../bad')).toThrow(/is no name of a work package/);
  const path = writeBrief(root, 'fresh');
  expect(existsSync(path)).toBe(true);
  expect(readPackage(root, 'fresh').brief.acceptance.length).toBeGreaterThan(2);
  expect(() => writeBrief(root, 'fresh')).toThrow(/There is .* already/);
});
