import { expect, test } from 'vitest';
import { checkFreshCases, checkFreshness, newCaseLedger } from './cases.ts';
import type { Evidence } from './evidence.ts';

/** A study that has not revealed its secret, before any trial. */
function studyWith(cases: readonly number[]): Evidence {
  const study = {
    cases: newCaseLedger(),
    secretRoot: undefined,
    publicRoot: undefined,
    trials: 0,
  } as unknown as Evidence;
  checkFreshCases(study, { seq: 7, cases, due: undefined }, () => {
    throw new Error('nothing can be derived here');
  });
  return study;
}

test('one case used twice among few is reuse', () => {
  const { findings, isBlind } = checkFreshness(studyWith([1, 2, 3, 2]));
  expect(findings).toEqual([
    { seq: 7, kind: 'decision', detail: 'Case 2 is not fresh: entry 7 used it too.' },
  ]);
  expect(isBlind).toBe(false);
});

test('among 10,000 a repeat is expected by chance in one study of a hundred: no alarm, and it says so', () => {
  const cases = Array.from({ length: 10_000 }, (_, i) => i);
  expect(checkFreshness(studyWith([...cases, 5]))).toEqual({ findings: [], isBlind: true });
  const fewer = checkFreshness(studyWith([...cases.slice(0, 5000), 5]));
  expect(fewer).toMatchObject({ findings: [{ seq: 7 }], isBlind: false });
});
