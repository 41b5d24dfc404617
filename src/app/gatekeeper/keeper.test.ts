/** The gatekeeper's answers where it is asked by an engine that lies, or that killed it and asks again. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { createRecord } from '../../gates/record-file.ts';
import { candidateOf } from '../../testing/gate-bench.ts';
import { parseConfig } from '../config.ts';
import { plainJson } from '../config-id.ts';
import { createStudyFiles, gateRecordPath, gateSecretPath } from '../study-files.ts';
import { openKeeper } from './keeper.ts';

const never = new AbortController().signal;
const origin = candidateOf('origin');
const GATE = sha256('the gate that joined');

/** A study of which nothing but its gate is looked at. */
function studyFolder(config = {}) {
  const root = mkdtempSync(join(tmpdir(), 'paceline-keeper-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const id = 'study-000000';
  createStudyFiles({ id, root, config }, 'ab'.repeat(32), () =>
    createRecord(gateRecordPath(root, id)),
  );
  const introduction = { id, root, config, origin, evaluator: sha256('evaluator') };
  return { root, id, open: () => openKeeper(introduction) };
}

const AUDIT = { audit: 1, from: origin, to: candidateOf('to'), lineage: [], evals: 1 } as const;

test('planted: an engine that has the secret told and starts another gatekeeper is judged nothing', async () => {
  const { root, id, open } = studyFolder();
  const first = open();
  const secret = readFileSync(gateSecretPath(root, id), 'utf8');
  expect(JSON.stringify(await first.answer({ ask: 'reveal' }, never))).toContain(secret);
  await first.close();
  const second = open();
  await expect(second.answer({ ask: 'audit', request: AUDIT }, never)).rejects.toThrow(
    /revealed its secret and judges no more/,
  );
  expect(JSON.stringify(await second.answer({ ask: 'reveal' }, never))).toContain(secret);
  await second.close();
});

test.each([
  [
    'the candidate',
    { candidate: { ...candidateOf('harmless'), id: sha256('attack') }, against: origin },
  ],
  ['the incumbent', { candidate: candidateOf('x'), against: { ...origin, text: 'weaker' } }],
])('planted: %s under the hash of another text is not judged', async (_, request) => {
  const keeper = studyFolder().open();
  await expect(keeper.answer({ ask: 'judge', request }, never)).rejects.toThrow(/hash that is not/);
  await keeper.close();
});

test('planted: nor one of a lineage that is audited', async () => {
  const keeper = studyFolder().open();
  const lineage = [{ ...candidateOf('harmless'), id: sha256('attack') }];
  const request = { ...AUDIT, lineage };
  await expect(keeper.answer({ ask: 'audit', request }, never)).rejects.toThrow(/hash that is not/);
  await keeper.close();
});

test('planted: one that was started again as another gate than joined does not judge', async () => {
  const keeper = studyFolder().open();
  const request = { candidate: candidateOf('x'), against: origin };
  for (const question of [
    { ask: 'judge', request, gate: GATE },
    { ask: 'audit', request: AUDIT, gate: GATE },
  ] as const) {
    await expect(keeper.answer(question, never)).rejects.toMatchObject({ code: 'GATE_CHANGED' });
  }
  await keeper.close();
});

test('planted: a secret that is empty, or that others can read, opens no gatekeeper', async () => {
  const { root, id, open } = studyFolder();
  await open().close();
  const path = gateSecretPath(root, id);
  chmodSync(path, 0o640);
  expect(open).toThrow(/chmod 600/);
  chmodSync(path, 0o600);
  writeFileSync(path, '');
  expect(open).toThrow(/empty or cut off/);
});

test('planted: properties that cannot be used end a study as its gatekeeper joins, not at its first promotion', async () => {
  const task = {
    name: 'joined',
    kind: 'code',
    surface: { edit: ['a.mjs'] },
    evaluator: {
      command: 'true',
      class: 'fused',
      metrics: [{ name: 'loss', goal: 'min', unit: 'x' }],
    },
    proposers: ['genetic'],
    budget: { trials: 1 },
  };
  const joined = async (safety: object): Promise<unknown> => {
    const config = plainJson(parseConfig({ ...task, safety }, 'the test')) as object;
    const { root, open } = studyFolder(config);
    writeFileSync(join(root, 'a.mjs'), 'export const n = 1;');
    const keeper = open();
    return keeper.answer({ ask: 'join' }, never).finally(() => keeper.close());
  };
  expect(await joined({})).toMatchObject({ key: expect.any(String) });
  await expect(joined({ confirm: ['range'] })).rejects.toThrow(
    /safety[.]confirm is never looked at/,
  );
});
