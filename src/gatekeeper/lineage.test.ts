/** The way from what was certified to what stands, step by step, and what its steps add up to. */
import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { candidateOf, gateBench } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import type { Bench } from './bench.ts';
import { lineageFinding } from './lineage.ts';

const ORIGIN = candidateOf('incumbent');
const FIRST = candidateOf('first');
const SECOND = candidateOf('second');
const REQUEST = { audit: 1, from: ORIGIN, to: SECOND, lineage: [FIRST, SECOND], evals: 0 };
const SIZES: Readonly<Record<string, number>> = { incumbent: 10, first: 25, second: 40 };

function judgedBy(bench: Bench, verdict: 'pass' | 'fail', ...steps: readonly (typeof ORIGIN)[]) {
  for (const [i, { id }] of steps.slice(1).entries()) {
    const names = { candidate: id, against: steps[i]?.id ?? id };
    const cost = { findings: [], digest: sha256('digest'), tookMs: 0, cpuMs: 0 };
    bench.kept.write('verdict', { ...names, verdict, ...cost });
  }
}

const sized = (growth: number, sizes = SIZES) =>
  gateBench({
    size: ({ text }) => sizes[text] ?? 0,
    reach: (_, { text }) => [{ path: `${text}.js`, imports: ['fs'], privileges: ['files'] }],
    manifest: { modules: [], growth },
  });

function found(over: Partial<typeof REQUEST> = {}, tools = sized(4)) {
  const bench = memoryBench();
  judgedBy(bench, 'pass', ORIGIN, FIRST, SECOND);
  const finding = lineageFinding(bench, { ...REQUEST, ...over }, tools);
  return { finding, seen: bench.evidence.get(finding.evidence as never) };
}

describe('a lineage that this gate let through', () => {
  test('passes, with what every step reaches for and grows by', () => {
    const { finding, seen } = found();
    expect(finding).toMatchObject({ check: 'C16', verdict: 'pass', cases: 2, suspicion: 0 });
    expect(finding.why).toBe('All 2 promotions passed this gate, and grew by 30 in all.');
    expect(finding).not.toHaveProperty('needsPerson');
    const step = (name: string, id: string) => ({
      candidate: id,
      size: 15,
      reach: [{ path: `${name}.js`, imports: ['fs'], privileges: ['files'] }],
    });
    expect(seen).toEqual({
      steps: [step('first', FIRST.id), step('second', SECOND.id)],
      unjudged: [],
      growth: 30,
      most: 30,
    });
  });

  test('needs a person where it grew by more than one change may, not where by as much', () => {
    const { finding } = found({}, sized(3.9));
    expect(finding).toMatchObject({ verdict: 'pass', suspicion: 0.5, needsPerson: finding.why });
    expect(finding.why).toBe(
      'Over 2 promotions it grew by 30, more than 29 in all, though no step did.',
    );
  });

  test('what shrinks takes nothing off what grew', () => {
    const { seen } = found({}, sized(4, { incumbent: 10, first: 30, second: 5 }));
    expect(seen).toMatchObject({ growth: 20 });
  });

  test('may grow without end where the manifest says so', () => {
    const { finding, seen } = found({}, sized(Number.POSITIVE_INFINITY));
    expect(finding.verdict).toBe('pass');
    expect(finding).not.toHaveProperty('needsPerson');
    expect(seen).toMatchObject({ most: null });
  });

  test('of nothing but what is certified is one of no steps', () => {
    const { finding } = found({ to: ORIGIN, lineage: [] });
    expect(finding).toMatchObject({ verdict: 'pass', cases: 0 });
  });

  test('ends where the audit does, whatever was promoted since', () => {
    const third = candidateOf('third');
    const { finding } = found({ lineage: [FIRST, SECOND, third] });
    expect(finding).toMatchObject({ verdict: 'pass', cases: 2 });
  });
});

describe('planted', () => {
  test('a promotion without a pass of this gate fails, is named and is an incident', () => {
    const bench = memoryBench();
    judgedBy(bench, 'pass', ORIGIN, FIRST);
    judgedBy(bench, 'fail', FIRST, SECOND);
    const finding = lineageFinding(bench, REQUEST, sized(4));
    expect(finding).toMatchObject({
      verdict: 'fail',
      why: '1 of 2 promotions had no passing verdict of this gate.',
      suspicion: 1,
      incident: 'promoted without a verdict',
    });
    expect(bench.evidence.get(finding.evidence as never)).toMatchObject({ unjudged: [SECOND.id] });
  });

  test('a pass over another incumbent is none', () => {
    const bench = memoryBench();
    judgedBy(bench, 'pass', ORIGIN, FIRST);
    judgedBy(bench, 'pass', ORIGIN, SECOND);
    expect(lineageFinding(bench, REQUEST, sized(4)).verdict).toBe('fail');
  });

  test('a lineage that does not lead to what is audited', () => {
    const { finding } = found({ lineage: [FIRST] });
    expect(finding).toMatchObject({
      verdict: 'fail',
      why: 'The lineage does not lead to what is audited.',
      incident: 'promoted without a verdict',
    });
  });
});
