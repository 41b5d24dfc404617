import { expect, test } from 'vitest';
import type { VerifyReport } from '../app/verify-study.ts';
import { verifyLines } from './verify-text.ts';

type Finding = VerifyReport['findings'][number];

const WHOLE: VerifyReport = {
  ok: true,
  isUnverified: false,
  head: { seq: 81, hash: 'sha256:83b4' },
  anchor: 'not given',
  checked: { entries: 81, trials: 18, confirms: 4, promotions: 1, comparisons: 2, cases: 0 },
  findings: [],
  findingCount: 0,
  blind: [],
};

function broken(kinds: readonly Finding['kind'][], more: Partial<VerifyReport> = {}): string {
  const findings = kinds.map((kind, i) => ({ seq: i + 1, kind, detail: 'It does not hold.' }));
  const report = { ...WHOLE, ok: false, findings, findingCount: findings.length, ...more };
  return verifyLines('s-1', report).join('\n');
}

test('what was given from outside is answered: a head, and roots in a second place', () => {
  const published = { roots: 2, to: 78 };
  const said = verifyLines('s-1', { ...WHOLE, anchor: 'contained', published }).join('\n');
  expect(said).toContain('  the given head is contained\n');
  expect(said).toContain('2 published roots, over entries 1 to 78: as published');
  expect(broken(['root'], { published })).toContain('over entries 1 to 78: not as published');
  expect(verifyLines('s-1', WHOLE).join()).not.toMatch(/given head|published/);
});

test('planted: a head that stands behind an altered entry is not said to be contained and no more', () => {
  const altered = { from: 7, to: 7 };
  expect(broken(['chain'], { anchor: 'contained', altered })).toContain(
    'the given head is contained, but entries before it were altered',
  );
});

test.each([
  [['chain', 'key-unknown'], /restore a copy of the ledger/],
  [['key-unknown', 'key-unknown'], /Restore [.]paceline\/gate\/keys .*--roots/],
  [['key-unknown', 'key-revoked'], /keys that do not count/],
  [['evidence'], /Restore [.]paceline\/gate from a copy/],
  [['evidence', 'gate'], /restore a copy of the ledger/],
] as const)('%j: what mends it is what is broken', (kinds, advice) => {
  expect(broken(kinds)).toMatch(advice);
});

test('planted: findings that are not listed may be of another kind', () => {
  expect(broken(['evidence'], { findingCount: 200 })).toMatch(/restore a copy of the ledger/);
  expect(broken([])).toMatch(/restore a copy of the ledger/);
});
