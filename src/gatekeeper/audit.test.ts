import { expect, test } from 'vitest';
import { nonInferiorityCheck } from '../gates/c3-non-inferiority.ts';
import type { Check } from '../gates/contract.ts';
import { candidateOf, DECLARATION } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { judgeAudit } from './audit.ts';
import type { Bench } from './bench.ts';
import type { AuditRequest } from './contract.ts';
import { judgeFloor } from './judge.ts';

const never = new AbortController().signal;
const [ORIGIN, FIRST, SECOND] = ['incumbent', 'first', 'second'].map(candidateOf) as [
  ReturnType<typeof candidateOf>,
  ReturnType<typeof candidateOf>,
  ReturnType<typeof candidateOf>,
];
const REQUEST: AuditRequest = {
  audit: 1,
  from: ORIGIN,
  to: SECOND,
  lineage: [FIRST, SECOND],
  evals: 1000,
};

/** Memory grows by 0.7 of what it may with each promotion, and the score gains what hides it. */
function leaking(memory: number, gain: number) {
  return (seed: number) => {
    const noise = ((seed % 97) / 97 - 0.5) * 0.2;
    return {
      outcome: 'scored',
      value: gain + noise,
      others: { memory: 10 + memory + noise / 10 },
    } as const;
  };
}

const SLICES = {
  programs: { incumbent: leaking(0, 0), first: leaking(0.7, 1), second: leaking(1.4, 2) },
  declaration: {
    ...DECLARATION,
    guards: [{ name: 'memory', goal: 'min', unit: 'MB', margin: 1 }],
  },
} as const;

async function promoted(bench: Bench): Promise<readonly string[]> {
  const verdicts = [];
  for (const [candidate, against] of [
    [FIRST, ORIGIN],
    [SECOND, FIRST],
  ] as const) {
    verdicts.push((await judgeFloor(bench, { candidate, against }, never)).verdict);
  }
  return verdicts;
}

test('planted: an attack split over two harmless promotions passes twice and fails as a whole', async () => {
  const bench = memoryBench({ checks: [nonInferiorityCheck], parts: SLICES });
  expect(await promoted(bench)).toEqual(['pass', 'pass']);
  expect(await judgeAudit(bench, REQUEST, never)).toMatchObject({ verdict: 'fail' });
});

test('two honest promotions pass as a whole', async () => {
  const programs = { ...SLICES.programs, second: leaking(0.7, 2) };
  const bench = memoryBench({ checks: [nonInferiorityCheck], parts: { ...SLICES, programs } });
  expect(await promoted(bench)).toEqual(['pass', 'pass']);
  const answer = await judgeAudit(bench, REQUEST, never);
  expect(answer).toMatchObject({ verdict: 'pass', completeness: 1 });
});

test('the same audit gets the same answer again, also from another process', async () => {
  let looked = 0;
  const counting: Check = {
    name: 'C16',
    inapplicable: () => undefined,
    judge: async () => {
      looked += 1;
      return { verdict: 'pass', why: '', evidence: null, cases: 1 };
    },
  };
  const bench = memoryBench({ checks: [counting] });
  await promoted(bench);
  const before = looked;
  const one = await judgeAudit(bench, REQUEST, never);
  const again = await judgeAudit({ ...bench }, REQUEST, never);
  expect(again).toEqual(one);
  expect(looked).toBe(before + 1);
  await judgeAudit(bench, { ...REQUEST, audit: 2 }, never);
  expect(looked).toBe(before + 2);
});

test('killed in the middle nothing is written, and it starts again', async () => {
  const stop = new AbortController();
  const dying: Check = {
    name: 'C16',
    inapplicable: () => undefined,
    judge: async ({ tier }) => {
      if (tier === 'deep' && !stop.signal.aborted) {
        stop.abort();
        stop.signal.throwIfAborted();
      }
      return { verdict: 'pass', why: '', evidence: null, cases: 1 };
    },
  };
  const bench = memoryBench({ checks: [dying] });
  await promoted(bench);
  await expect(judgeAudit(bench, REQUEST, stop.signal)).rejects.toThrow();
  expect(bench.kept.of('audit')).toEqual([]);
  expect((await judgeAudit(bench, REQUEST, never)).verdict).toBe('pass');
});

const passing = (name: Check['name']): Check => ({
  name,
  inapplicable: () => undefined,
  judge: async () => ({ verdict: 'pass', why: '', evidence: null, cases: 1 }),
});

test('what had no budget left has not looked: that much is not cleared', async () => {
  let cpuMs = 0;
  const dear: Check = {
    ...passing('C3'),
    judge: async () => {
      cpuMs += 100;
      return { verdict: 'pass', why: '', evidence: null, cases: 1 };
    },
  };
  const bench = memoryBench({ checks: [dear, passing('C16'), passing('C2'), passing('C6')] });
  const clock = { ...bench.clock, cpuMs: () => cpuMs };
  const short = { ...bench, clock, auditCpuMs: 50 };
  await promoted(short);
  const answer = await judgeAudit(short, REQUEST, never);
  expect(answer, 'C2 looks at what C3 measured').toMatchObject({
    verdict: 'pass',
    completeness: 0.5,
  });
  expect(short.kept.of('audit')[0]?.body.unlooked).toEqual(['C16', 'C6']);
  const free = { ...bench, clock };
  const asked = { ...REQUEST, audit: 2, cpuMs: 50 };
  expect(await judgeAudit(free, asked, never), 'of the share').toMatchObject({ completeness: 0.5 });
  const none = { ...bench, clock, auditCpuMs: 0 };
  expect((await judgeAudit(none, { ...REQUEST, audit: 3 }, never)).verdict).toBe('deferred');
});

test('what came to no verdict is no pass, and clears nothing of its share', async () => {
  const unsure: Check = {
    ...passing('C3'),
    judge: async () => ({ verdict: 'inconclusive', why: '', evidence: null, cases: 0 }),
  };
  const bench = memoryBench({ checks: [passing('C16')] });
  await promoted(bench);
  const deep = async () => ({ ...(await bench.metered()), floor: [unsure, passing('C16')] });
  expect(await judgeAudit({ ...bench, deep }, REQUEST, never)).toMatchObject({
    verdict: 'deferred',
    completeness: 0.5,
  });
});

test('planted: a promotion that this gate never let through is an incident', async () => {
  const bench = memoryBench({ checks: [passing('C16')] });
  await judgeFloor(bench, { candidate: FIRST, against: ORIGIN }, never);
  expect(await judgeAudit(bench, REQUEST, never)).toMatchObject({
    verdict: 'fail',
    incident: 'promoted without a verdict',
  });
});

test('planted: a lineage that does not lead to what is audited fails', async () => {
  const bench = memoryBench({ checks: [passing('C16')] });
  await promoted(bench);
  const answer = await judgeAudit(bench, { ...REQUEST, lineage: [FIRST] }, never);
  expect(answer.verdict).toBe('fail');
});

test('growth that came in slices, or was taken out again, is added up', async () => {
  const sizes = { incumbent: 10, first: 35, second: 12, third: 36 } as Readonly<
    Record<string, number>
  >;
  const third = candidateOf('third');
  const parts = { size: ({ text }: { readonly text: string }) => sizes[text] ?? 0 };
  const bench = memoryBench({ checks: [passing('C3')], parts });
  await promoted(bench);
  await judgeFloor(bench, { candidate: third, against: SECOND }, never);
  await judgeAudit(bench, { ...REQUEST, to: third, lineage: [FIRST, SECOND, third] }, never);
  const [lineage] = bench.kept.of('audit')[0]?.body.findings ?? [];
  expect(lineage).toMatchObject({
    verdict: 'pass',
    needsPerson: expect.stringMatching(/grew by 49, more than 30/),
  });
});
