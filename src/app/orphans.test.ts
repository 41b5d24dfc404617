import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { collectGarbage } from './gc.ts';
import {
  createStudyFiles,
  gateRecordPath,
  hasSecret,
  orphansOf,
  removeOrphan,
} from './study-files.ts';

const ID = 'some-000000';

/** A start that stands still between the secret and the record; `gone`: so does no process any more. */
function cutOff() {
  const root = mkdtempSync(join(tmpdir(), 'paceline-orphans-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const study = { id: ID, root, config: {} };
  const begin = (more?: () => void) => createStudyFiles(study, 'a secret', more);
  const cut = (): never => {
    writeFileSync(gateRecordPath(root, ID), '');
    throw new Error('cut off');
  };
  expect(() => begin(cut)).toThrow(/cut off/);
  const state = join(root, '.paceline');
  const aside = readdirSync(state).find((name) => name.startsWith('new-')) ?? '';
  const gone = () => renameSync(join(state, aside), join(state, `new-${2 ** 30}-a`));
  return { root, begin, gone };
}

test('what a start left with the gate goes once its process is gone, never before', async () => {
  const { root, gone } = cutOff();
  writeFileSync(
    join(root, '.paceline/gate/elsewhere-000000'),
    'of a study that was taken elsewhere',
  );
  await collectGarbage({ root });
  expect([hasSecret(root, ID), existsSync(gateRecordPath(root, ID))]).toEqual([true, true]);
  gone();
  const { removed } = await collectGarbage({ root, dryRun: true });
  expect(removed.map(({ path }) => path)).toEqual([`gate/${ID}`, `new-${2 ** 30}-a`]);
  expect(hasSecret(root, ID)).toBe(true);
  await collectGarbage({ root });
  expect(readdirSync(join(root, '.paceline/gate'))).toEqual(['elsewhere-000000']);
});

test('a study that begins after all keeps its secret, and so does one that is being made anew', () => {
  const { root, begin, gone } = cutOff();
  gone();
  expect(orphansOf(root)).toEqual([ID]);
  expect(() => begin()).toThrow(/EEXIST/);
  expect(orphansOf(root), 'a living process makes it').toEqual([]);
  for (const name of readdirSync(join(root, '.paceline')))
    if (name.startsWith(`new-${process.pid}-`))
      rmSync(join(root, '.paceline', name), { recursive: true });
  removeOrphan(root, ID);
  begin();
  expect(orphansOf(root)).toEqual([]);
  removeOrphan(root, ID);
  expect(hasSecret(root, ID)).toBe(true);
});
