import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { missesOf, missWords } from './missed.ts';

const COST = { findings: [], digest: sha256('gate'), tookMs: 0, cpuMs: 0 } as const;
const [ORIGIN, A, B, C] = ['origin', 'a', 'b', 'c'].map(sha256);

test('what chance chose and an audit refused was missed; what was ranked says nothing', () => {
  const { kept } = memoryBench();
  const judged = (candidate: string, sampled: 'ranked' | 'uniform') =>
    kept.write('verdict', {
      candidate,
      against: ORIGIN,
      verdict: 'pass',
      sampled,
      ...COST,
    } as never);
  const audited = (audit: number, to: string, verdict: 'pass' | 'fail') =>
    kept.write('audit', {
      audit,
      from: ORIGIN,
      to,
      verdict,
      completeness: 1,
      unlooked: [],
      ...COST,
    } as never);
  expect(missWords(missesOf(kept))).toMatch(/^None/);
  judged(A as string, 'uniform');
  expect(missesOf(kept), 'not promoted yet').toMatchObject({ n: 0 });
  audited(1, A as string, 'fail');
  judged(B as string, 'ranked');
  audited(2, B as string, 'fail');
  judged(C as string, 'uniform');
  audited(3, C as string, 'pass');
  expect(missesOf(kept)).toMatchObject({ n: 2, missed: 1, rate: 0.5 });
  expect(missWords(missesOf(kept))).toMatch(/^Of 2 promotions .* 1 should not have passed/);
});
