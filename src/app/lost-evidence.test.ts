import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { evidenceFolder } from '../gatekeeper/evidence.ts';
import { lostEvidence } from './lost-evidence.ts';

function judged() {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-lost-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const evidence = evidenceFolder(folder).put({ seen: 1 });
  const finding = { check: 'C2', verdict: 'pass', why: '', cases: 1, evidence };
  const [candidate, against, digest] = [sha256('a'), sha256('b'), sha256('gate')];
  const cost = { tookMs: 0, cpuMs: 0 };
  const body = { candidate, against, verdict: 'pass', findings: [finding], digest, ...cost };
  const row = { entry: 1, kind: 'verdict', body: JSON.stringify(body), hash: sha256('entry') };
  return { folder, row };
}

test('evidence that is there is none that is lost', () => {
  const { folder, row } = judged();
  expect(lostEvidence([row, { ...row, kind: 'rated' }], folder)).toEqual(new Set());
});

test('planted: evidence that is gone, or that somebody rewrote', () => {
  const { folder, row } = judged();
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), '{"seen":2}');
  expect(lostEvidence([row], folder)).toEqual(new Set([row.hash]));
  rmSync(join(folder, name));
  expect(lostEvidence([row], folder)).toEqual(new Set([row.hash]));
});
