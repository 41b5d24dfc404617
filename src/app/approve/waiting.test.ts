import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventDraft } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { sqliteStore } from '../../stores/sqlite.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { smallPlan } from '../../testing/small-study.ts';
import { listStudiesOutside } from '../outside/read-study.ts';
import { readStatuses } from '../status.ts';
import { leaveLetter, steerFolder } from '../steer-inbox.ts';
import { createStudyFiles, stateFolder } from '../study-files.ts';
import { pickWaiting } from './waiting.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-waiting-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const [gate, was] = [sha256('other gate'), sha256('gate')];
const NAMES = { candidate: gate, against: was, evidence: gate, rule: sha256('rule') };

async function waitingStudy(id: string, { expiresAt = 1_000 } = {}): Promise<void> {
  createStudyFiles({ id, root, config: {} }, 'secret');
  const clock = manualClock();
  const ledger = await sqliteStore({ directory: stateFolder(root), clock }).open(id, 'write');
  const times = { requestedAt: clock.wallMs(), expiresAt: clock.wallMs() + expiresAt };
  const body = { approval: 1, about: 'gate-change', why: ['gate'], scope: [], ...NAMES, ...times };
  ledger.append([
    { type: 'study.opened', actor: 'engine', body: smallPlan({ clock, gated: {} }).opened },
    { type: 'approval.requested', actor: 'engine', body } as EventDraft,
  ]);
  await ledger.close();
}

beforeAll(() => waitingStudy('first-000000'));

test('where one study waits, its number alone says what is meant', async () => {
  const deciding = { id: undefined, isDeciding: true };
  expect(await pickWaiting(root, deciding)).toBe('first-000000');
});

test('planted: a second study that began to wait meanwhile takes no yes that was meant for the first', async () => {
  await waitingStudy('second-000000');
  await expect(pickWaiting(root, { id: undefined, isDeciding: true })).rejects.toThrow(
    /2 studies here \(first-000000, second-000000\).*Name it/,
  );
  expect(await pickWaiting(root, { id: 'first-000000', isDeciding: true })).toBe('first-000000');
  expect(await pickWaiting(root, { id: undefined, isDeciding: false })).toBe('second-000000');
});

test('a study that only a person can take further is not interrupted; one that resume can is', async () => {
  const id = 'third-000000';
  await waitingStudy(id, { expiresAt: Number.MAX_SAFE_INTEGER / 2 });
  const [waits] = await readStatuses(root, [id]);
  expect(waits).toMatchObject({ state: 'waits-for-approval', waiting: [{ approval: 1 }] });
  expect(await readStatuses(root, ['first-000000'])).toMatchObject([{ state: 'interrupted' }]);
  const studies = await listStudiesOutside(root);
  expect(studies.find(({ study }) => study === id)).toMatchObject({ state: 'interrupted' });
  const value = { approval: 1, decision: 'approve', reason: 'read', ...NAMES } as const;
  const said = { kind: 'approval', value } as const;
  const letter = { schema: 'paceline.steer/1', by: 'ann', said } as const;
  leaveLetter(steerFolder(root, id), letter, manualClock());
  const [answered] = await readStatuses(root, [id]);
  expect(answered).toMatchObject({
    state: 'interrupted',
    waiting: [{ answered: 'approved by ann (read)' }],
  });
});
