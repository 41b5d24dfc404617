import { expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import type { Qualification } from '../../gatekeeper/qualification.ts';
import { dueTraps } from '../../gatekeeper/traps.ts';
import { memoryBench } from '../../testing/known-bench.ts';
import { standingTrial, type TrialParts } from './standing-trial.ts';

const QUALIFIED = {
  gates: sha256('gates'),
  kind: { form: 'source', checks: ['C3'] },
  traps: 100,
  caught: 100,
  honest: 100,
  refused: 0,
} as unknown as Qualification;

/** After so many verdicts that more than a few traps are due. */
function judgedOften(parts: TrialParts) {
  const bench = memoryBench();
  const none = {
    verdict: 'fail',
    findings: [],
    digest: bench.digest,
    tookMs: 0,
    cpuMs: 0,
  } as const;
  for (let i = 0; dueTraps({ bench }).length <= 5; i++) {
    bench.kept.write('verdict', { candidate: sha256(`${i}`), against: sha256('in'), ...none });
  }
  return { bench, trial: standingTrial(bench, null, { qualify: async () => QUALIFIED, ...parts }) };
}

test('planted: traps that are due and cannot be run let nothing pass, with the reason', async () => {
  let isFull = true;
  const { bench, trial } = judgedOften({
    async tryDue({ kept, digest }) {
      if (isFull) throw new Error('no space left on device');
      const one = { is: 'cheat', class: 'worse', end: 'caught', findings: [], digest } as const;
      for (const after of dueTraps({ bench }))
        kept.write('trap', { after, case: 'a', ...one, tookMs: 0, cpuMs: 0 });
    },
  });
  await expect(trial.rating()).rejects.toThrow(/none can be \(no space left on device\)/);
  await expect(trial.rating()).rejects.toMatchObject({ code: 'GATE_UNQUALIFIED' });
  isFull = false;
  const rated = await trial.rating();
  expect(rated).toMatchObject({ frozen: false });
  expect(bench.kept.of('trap').length).toBeGreaterThan(5);
});

test('where no known case fits the task, nothing is silenced and nobody waits for ever', async () => {
  let calls = 0;
  const { trial } = judgedOften({
    tryDue: async () => {
      calls += 1;
    },
  });
  expect(await trial.rating()).toMatchObject({ frozen: false });
  expect(calls).toBe(1);
});
