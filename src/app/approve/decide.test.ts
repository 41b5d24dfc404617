import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { listWaiting, steerFolder } from '../steer-inbox.ts';
import { createStudyFiles } from '../study-files.ts';
import { systemClock } from '../system-clock.ts';
import { decideRequest } from './decide.ts';
import type { Requested } from './requests.ts';

const id = 'asked-000000';

function deciding(approval: number): Parameters<typeof decideRequest>[0] {
  const hash = sha256('x');
  const names = { candidate: hash, against: hash, evidence: hash, rule: hash };
  const requestedAt = systemClock.wallMs();
  const times = { requestedAt, expiresAt: requestedAt + 3_600_000 };
  const asked = { approval, about: 'promotion', why: ['autonomy'], scope: [], ...names, ...times };
  const request = asked as Requested['body'];
  const root = mkdtempSync(join(tmpdir(), 'paceline-decide-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  createStudyFiles({ id, root, config: {} }, 'secret');
  return { root, id, request, decision: 'reject', reason: 'reads the clock' };
}

test('planted: a yes after a no that nobody took up yet is refused, and leaves nothing', async () => {
  const first = deciding(2);
  // No ledger: the study was never opened here, so that nobody can have taken it up.
  await expect(decideRequest(first)).rejects.toThrow();
  const folder = steerFolder(first.root, id);
  expect(listWaiting(folder)).toHaveLength(1);
  const yes = { ...first, decision: 'approve', reason: 'changed my mind' } as const;
  await expect(decideRequest(yes)).rejects.toThrow(
    /Request 2 of asked-000000 has an answer, which counts: rejected by .* \(reads the clock\)\. .*paceline resume asked-000000/,
  );
  expect(listWaiting(folder)).toHaveLength(1);
});
