/** Metrics beside the objective: what is learnt of them pair by pair, and what a block says at its end. */
import { describe, expect, test } from 'vitest';
import { guardedVerdict, guardRecords } from './guarded.ts';
import {
  exactGains,
  knownChanges,
  otherGains,
  otherMetrics,
  withChanges,
} from './other-metrics.ts';
import { defaultRule } from './rule.ts';

const LATENCY = { name: 'latency', goal: 'min', unit: 'ms', margin: 2 } as const;
const SIZE = { name: 'size', goal: 'max', unit: 'kB' } as const;
const METRICS = otherMetrics({ guards: [LATENCY] }, [SIZE]);

test('guards come first, and a rule without any, or no rule, leaves what is only shown', () => {
  expect(METRICS).toEqual([LATENCY, SIZE]);
  expect(otherMetrics({}, [SIZE])).toEqual([SIZE]);
  expect(otherMetrics(undefined)).toEqual([]);
});

describe('changes', () => {
  const pairs = {
    values: [1, 1],
    againstValues: [2, 2],
    others: [{ name: 'latency', values: [3, 0.3], againstValues: [5, 0.1] }],
  };

  test('are oriented, follow those before, and are unknown where nothing was recorded', () => {
    const known = { latency: [7] };
    const changes = withChanges(known, pairs, { metrics: METRICS, isExact: false });
    expect(changes['latency']).toEqual([7, 2, 0.1 - 0.3]);
    expect(changes['size']).toEqual([null, null]);
    expect(known).toEqual({ latency: [7] });
  });

  test('of an exact study are decimal', () => {
    const changes = withChanges({}, pairs, { metrics: METRICS, isExact: true });
    expect(changes['latency']).toEqual([2, -0.2]);
  });
});

describe('gains', () => {
  test('count the pairs in which a change is known, and have an interval from two on', () => {
    const block = { latency: [1, null, 3, Number.NEGATIVE_INFINITY, 2], size: [4] };
    const [latency, size] = otherGains(METRICS, block);
    expect(latency).toMatchObject({ name: 'latency', n: 3, effect: 2 });
    const [low = Number.NaN, high = Number.NaN] = latency?.interval ?? [];
    // Student's t with 2 degrees of freedom: 4.3027 / √3.
    expect(high - 2).toBeCloseTo(2.484, 3);
    expect(2 - low).toBeCloseTo(2.484, 3);
    expect(size).toEqual({ name: 'size', n: 1 });
    expect(otherGains(METRICS, {})).toEqual([
      { name: 'latency', n: 0 },
      { name: 'size', n: 0 },
    ]);
    expect(otherGains([SIZE], { size: [1, 3] })).toMatchObject([{ n: 2, effect: 2 }]);
  });

  test('of one exact pair are its change, where it is known', () => {
    expect(exactGains(METRICS, { latency: [-2], size: [null] })).toEqual([
      { name: 'latency', n: 1, effect: -2 },
      { name: 'size', n: 0 },
    ]);
    expect(exactGains([SIZE], {})).toEqual([{ name: 'size', n: 0 }]);
  });

  test('know nothing of pairs in which a side failed', () => {
    expect(knownChanges([1, null, Number.NaN, Number.NEGATIVE_INFINITY, 0])).toEqual([1, 0]);
  });
});

describe('what is recorded of guards', () => {
  const rule = defaultRule({ guards: [LATENCY] });
  const attempt = { level: 0.0247, spec: { method: 'symmetric', scale: 1, margin: 0 } } as const;
  const verdictOn = (latency: readonly (number | null)[]) =>
    guardedVerdict(rule, attempt, { differences: Array(30).fill(3), guards: { latency } });

  test('each with its verdict, its pairs and the mean of what is known in them', () => {
    const latency = [1, 2, null, ...Array(27).fill(50)];
    const verdict = verdictOn(latency);
    expect(guardRecords(verdict, { latency })).toMatchObject({
      why: 'inconclusive: guard latency has no value in pair 3',
      guards: [{ name: 'latency', verdict: 'inconclusive', n: 3, effect: 1.5 }],
    });
  });

  test('no mean where nothing is known, and no reason where nothing failed', () => {
    const unknown = guardRecords(verdictOn([null]), { latency: [null] });
    expect(unknown).toHaveProperty('guards.0.n', 1);
    expect(unknown).not.toHaveProperty('guards.0.effect');
    const latency = Array(30).fill(0);
    const passed = verdictOn(latency);
    expect(passed.verdict).toBe('accepted');
    expect(guardRecords(passed, { latency })).not.toHaveProperty('why');
  });

  test('where the objective was decided is kept if the guard took longer', () => {
    const slow = [...Array(8).fill(-2), ...Array.from({ length: 22 }, (_, i) => 6 + (i % 3))];
    const later = verdictOn(slow);
    expect(later.n).toBeGreaterThan(later.objectiveAt);
    expect(guardRecords(later, { latency: slow })).toMatchObject({
      objectiveAt: later.objectiveAt,
    });
    const together = { ...later, objectiveAt: later.n };
    expect(guardRecords(together, { latency: slow })).not.toHaveProperty('objectiveAt');
  });

  test('a rule without guards records its reason alone', () => {
    const bare = { ...verdictOn([0]), guards: [] };
    expect(guardRecords({ ...bare, why: 'broken' }, {})).toEqual({ why: 'broken' });
    const { why: _, ...silent } = bare;
    expect(guardRecords(silent, {})).toEqual({});
  });
});
