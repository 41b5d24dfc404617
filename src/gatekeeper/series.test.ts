/** The series of incumbents: over audits, in the record, and what of it leaves the gatekeeper. */
import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../evaluators/contract.ts';
import type { Check } from '../gates/contract.ts';
import { candidateOf } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { judgeAudit } from './audit.ts';
import type { Bench } from './bench.ts';
import { judgeFloor } from './judge.ts';
import { lookAfterFloor, seriesOf } from './series.ts';

const never = new AbortController().signal;
const [ORIGIN, FIRST] = [candidateOf('incumbent'), candidateOf('first')] as const;

const passing: Check = {
  name: 'C16',
  inapplicable: () => undefined,
  judge: async () => ({ verdict: 'pass', why: '', evidence: null, cases: 1 }),
};

/** The bench has public cases 0, 1, 2, …; secret ones are any of 2³². */
const isPublic = (seed: number): boolean => seed < 64;

async function promoted(score: (seed: number) => CaseResult | number): Promise<Bench> {
  const programs = { incumbent: () => 0, first: score };
  const bench = memoryBench({ checks: [passing], parts: { programs } });
  await judgeFloor(bench, { candidate: FIRST, against: ORIGIN }, never);
  return bench;
}

const audited = (bench: Bench, audit: number, evals = 1000) =>
  judgeAudit(bench, { audit, from: ORIGIN, to: FIRST, lineage: [FIRST], evals }, never);

test('planted: what scores on public cases alone is an incident, and the engine is told no more', async () => {
  const bench = await promoted((seed) => (isPublic(seed) ? 5 : 1));
  const answer = await audited(bench, 1);
  expect(answer).toMatchObject({ verdict: 'fail', incident: 'divergence' });
  expect(JSON.stringify(answer)).not.toMatch(/gap|public|look/);
  const found = bench.kept.of('audit')[0]?.body.findings.at(-1);
  expect(found?.why).toMatch(/^Metric and intent diverge: at look \d of 4 E reached 41 \(public/);
  const seen = bench.evidence.get(found?.evidence as never);
  expect(seen).toMatchObject({
    path: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
    series: [{ number: 1, gaps: [4, 4, 4, 4] }, { number: 2 }, { number: 3 }, { number: 4 }],
  });
});

test('planted: one without a score on secret cases diverges, as endless gaps in the record', async () => {
  const crashed = { outcome: 'crashed', message: '' } as const;
  const bench = await promoted((seed) => (isPublic(seed) ? 1 : crashed));
  expect(await audited(bench, 1)).toMatchObject({ incident: 'divergence' });
  expect(bench.kept.of('look')[0]?.body.gaps).toEqual(['+', '+', '+', '+']);
});

test('an honest incumbent passes, and its series goes on from audit to audit', async () => {
  const bench = await promoted(() => 3);
  const answer = await audited(bench, 1);
  expect(answer).toMatchObject({ verdict: 'pass', completeness: 1 });
  expect(answer).not.toHaveProperty('incident');
  await audited(bench, 2);
  const numbers = bench.kept.of('look').map(({ body }) => body.number);
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(seriesOf(bench, FIRST.id)?.looks).toBe(8);
  expect(bench.kept.of('audit').at(-1)?.body.findings.at(-1)?.why).toMatch(/^Of 8 looks none/);
});

test('the next incumbent is judged at a smaller share', async () => {
  const bench = await promoted(() => 3);
  await audited(bench, 1);
  await judgeAudit(
    bench,
    { audit: 2, from: FIRST, to: ORIGIN, lineage: [ORIGIN], evals: 1000 },
    never,
  );
  const [one, two] = [FIRST, ORIGIN].map(({ id }) => seriesOf(bench, id)?.level ?? 0);
  expect(two).toBeLessThan((one ?? 0) / 2);
});

test('looks take a quarter of the evaluations at most; without any nothing is said', async () => {
  const bench = await promoted((seed) => (isPublic(seed) ? 5 : 1));
  expect(await audited(bench, 1, 64)).toMatchObject({ verdict: 'pass' });
  expect(bench.kept.of('look')).toHaveLength(1);
  const none = await promoted((seed) => (isPublic(seed) ? 5 : 1));
  await audited(none, 1, 63);
  expect(none.kept.of('look')).toEqual([]);
  expect(none.kept.of('audit')[0]?.body.findings.map(({ check }) => check)).toEqual(['C16', 'C16']);
});

test('what the machine spoiled is no look, and no failure', async () => {
  const bench = await promoted(() => ({ outcome: 'infra-error', message: 'full' }));
  expect(await audited(bench, 1)).toMatchObject({ verdict: 'pass' });
  expect(bench.kept.of('look')).toEqual([]);
});

describe('after the floor', () => {
  const request = { candidate: FIRST, against: ORIGIN };
  const looked = (bench: Bench) => bench.kept.of('look').map(({ body }) => body.candidate);

  test('one look at what passed, in the series that audits go on with', async () => {
    const bench = await promoted((seed) => (isPublic(seed) ? 5 : 1));
    for (let i = 0; i < 3; i++) await lookAfterFloor(bench, request, never);
    expect(looked(bench)).toEqual([FIRST.id, FIRST.id, FIRST.id]);
    expect(await audited(bench, 1, 63), 'which takes none').toMatchObject({ verdict: 'fail' });
  });

  test('at the incumbent that was, where it let nothing pass; at the origin never', async () => {
    const failing: Check = {
      ...passing,
      judge: async () => ({ verdict: 'fail', why: '', evidence: null, cases: 1 }),
    };
    const programs = { incumbent: () => 0, first: () => 1, second: () => 2 };
    const bench = memoryBench({ checks: [failing], parts: { programs } });
    const second = { candidate: candidateOf('second'), against: FIRST };
    await judgeFloor(bench, second, never);
    await lookAfterFloor(bench, second, never);
    expect(looked(bench)).toEqual([FIRST.id]);
    await judgeFloor(bench, request, never);
    await lookAfterFloor(bench, request, never);
    expect(looked(bench)).toEqual([FIRST.id]);
  });

  test('none where the floor measured nothing', async () => {
    const idle: Check = {
      ...passing,
      judge: async () => ({ verdict: 'pass', why: '', evidence: null, cases: 0 }),
    };
    const bench = memoryBench({ checks: [idle] });
    await judgeFloor(bench, request, never);
    await lookAfterFloor(bench, request, never);
    expect(looked(bench)).toEqual([]);
  });
});
