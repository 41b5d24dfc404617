import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { candidateOf } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { teller } from './told.ts';

test('each ms is told once, whoever is answered first', () => {
  let spent = 100;
  const { untoldMs } = teller(() => spent);
  expect(untoldMs()).toBe(100);
  expect(untoldMs()).toBe(0);
  spent = 130;
  expect(untoldMs()).toBe(30);
});

test('what a process that died had not told is told by the next', () => {
  const { kept } = memoryBench();
  const [candidate, against] = [candidateOf('a').id, candidateOf('b').id];
  const body = { candidate, against, verdict: 'pass', findings: [], digest: sha256('') } as const;
  const first = kept.write('verdict', { ...body, tookMs: 9, cpuMs: 40 });
  kept.write('verdict', { ...body, tookMs: 9, cpuMs: 7 });
  const next = teller(() => 1);
  next.owe(kept, first);
  next.owe(kept, undefined);
  expect(next.untoldMs()).toBe(8);
  next.owe(kept, undefined);
  expect(next.untoldMs()).toBe(0);
});
