import { expect, test } from 'vitest';
import type { Check, CheckFinding } from '../gates/contract.ts';
import { candidateOf } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { judgeFloor } from './judge.ts';

const never = new AbortController().signal;
const REQUEST = { candidate: candidateOf('candidate'), against: candidateOf('incumbent') };

function check(name: Check['name'], over: Partial<CheckFinding> = {}): Check {
  const finding = { verdict: 'pass', why: 'fine', evidence: null, cases: 1, ...over } as const;
  return { name, inapplicable: () => undefined, judge: async () => finding };
}

const verdictOf = async (...parts: Parameters<typeof memoryBench>): Promise<string> =>
  (await judgeFloor(memoryBench(...parts), REQUEST, never)).verdict;

test('planted: a floor with fewer checks than the study promised is no pass', async () => {
  const promised = ['C1', 'C16'];
  expect(await verdictOf({ checks: [check('C1'), check('C16')], promised })).toBe('pass');
  expect(await verdictOf({ checks: [check('C16')], promised })).toBe('deferred');
  expect(await verdictOf({ checks: [], promised })).toBe('deferred');
  const fails = [check('C16', { verdict: 'fail' })];
  expect(await verdictOf({ checks: fails, promised })).toBe('fail');
});

test('planted: nothing passes after the secret was told, whoever asks and whatever it is', async () => {
  const bench = memoryBench({ checks: [check('C16')] });
  bench.kept.write('left', {});
  expect(await judgeFloor(bench, REQUEST, never)).toMatchObject({ verdict: 'deferred' });
  const next = { ...REQUEST, candidate: candidateOf('next') };
  expect(await judgeFloor(bench, next, never)).toMatchObject({ verdict: 'deferred' });
});

test('a verdict from before it was told is the same afterwards', async () => {
  const bench = memoryBench({ checks: [check('C16')] });
  const before = await judgeFloor(bench, REQUEST, never);
  bench.kept.write('left', {});
  expect(await judgeFloor(bench, REQUEST, never)).toEqual(before);
});
