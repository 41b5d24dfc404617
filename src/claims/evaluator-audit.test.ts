import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { noiseModel } from '../stats/noise-models.ts';
import { levelsFor } from '../stats/online-testing.ts';
import { boundedReach } from './bounded-reach.ts';
import { confirmSpec, confirmVerdict } from './decide.ts';
import { type AuditReading, auditEvaluator, auditLine } from './evaluator-audit.ts';
import { defaultRule } from './rule.ts';

const VALUES = [1.2, 0.4, 0.9, -0.3, 0.1, 1.4, -0.8, 0.2, -0.5, 0.7, -0.1, 0.3];
const NOISY: AuditReading = {
  values: VALUES,
  repeats: [
    [1, 2],
    [3, 3],
    [5, 6],
  ],
  deterministic: false,
  declaredNoisy: true,
};
const REPEATING: AuditReading = { values: VALUES, repeats: [[1, 1]], deterministic: true };

const namesOf = (reading: AuditReading, goal: 'min' | 'max' = 'max'): readonly string[] =>
  auditEvaluator(reading, { goal }).map(({ name }) => name);

test('nothing is found where there is nothing, declared either way', () => {
  expect(namesOf(NOISY)).toEqual([]);
  expect(namesOf(REPEATING)).toEqual([]);
  expect(auditLine([], REPEATING)).toMatch(/^it repeats itself as declared/);
  expect(auditLine([], NOISY)).toMatch(/^it varies on one seed as declared/);
});

test('one value on all seeds is what an exact study has, and no remark', () => {
  const one = { ...REPEATING, values: [7, 7, 7] };
  expect(namesOf(one)).toEqual(['no scale']);
  expect(namesOf({ ...one, verified: 7 })).toEqual([]);
});

test.each<[string, AuditReading, RegExp]>([
  ['flaky', { ...NOISY, declaredNoisy: false }, /2 of 3 seeds gave another value.*PACELINE_SEED/],
  ['flaky', { ...REPEATING, deterministic: false }, /interpreter of the search/],
  ['secretly deterministic', { ...REPEATING, declaredNoisy: true }, /bit for bit/],
  ['no scale', { ...REPEATING, values: [...Array(11).fill(7), 8] }, /σ is 0/],
  [
    'drifting',
    { ...NOISY, values: VALUES.map((_, i) => i + (i % 2) * 0.1) },
    /neighbouring evaluations agree/,
  ],
  ['heavy-tailed', { ...NOISY, values: [...VALUES.slice(0, -1), 60] }, /six σ/],
  ['warm-up', { ...NOISY, values: [-9, ...VALUES.slice(1)] }, /first evaluation is far worse/],
])('planted: %s', (name, reading, says) => {
  const found = auditEvaluator(reading, { goal: 'max' }).find((one) => one.name === name);
  expect(found?.sentence).toMatch(says);
  expect(auditLine(auditEvaluator(reading, { goal: 'max' }), reading)).toMatch(says);
});

test('a slow first run is a large value where less is better, and a fast one is no warm-up', () => {
  expect(namesOf({ ...NOISY, values: [9, ...VALUES.slice(1)] }, 'min')).toContain('warm-up');
  expect(namesOf({ ...NOISY, values: [9, ...VALUES.slice(1)] }, 'max')).not.toContain('warm-up');
});

test('on seeds that repeat exactly, order says nothing: no drift, no warm-up', () => {
  const values = [-9, ...VALUES.slice(1).sort((a, b) => a - b)];
  expect(namesOf({ ...REPEATING, values })).not.toContain('drifting');
  expect(namesOf({ ...REPEATING, values })).not.toContain('warm-up');
});

test('false alarms on well-behaved noise: drift 7 %, warm-up and tails rarely', () => {
  const counts = new Map<string, number>();
  const studies = 2000;
  for (let i = 0; i < studies; i++) {
    const rng = publicRoot('audit').stream(i, 'noise');
    const machine = noiseModel('gaussian').newMachine(rng);
    const values = Array.from({ length: 12 }, () => machine.value(0, 1, rng));
    for (const name of namesOf({ ...NOISY, values })) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect((counts.get('drifting') ?? 0) / studies).toBeLessThan(0.09);
  expect((counts.get('warm-up') ?? 0) / studies).toBeLessThan(0.02);
  expect((counts.get('heavy-tailed') ?? 0) / studies).toBeLessThan(0.01);
});

test('a range far wider than the noise is named, one that fits is not', () => {
  const remarks = (bound: number) =>
    auditEvaluator(NOISY, { goal: 'max' }, { method: 'bounded', bound });
  expect(remarks(5)).toEqual([]);
  const [remark] = remarks(300);
  expect(remark?.name).toBe('wide bound');
  expect(remark?.sentence).toMatch(/after 59 pairs .*no gain below 34\.6; planned for is 1\.\d+\./);
  expect(auditEvaluator(NOISY, { goal: 'max' }, { method: 'symmetric' })).toEqual([]);
});

test('what a range lets an attempt confirm is what the attempt then confirms', () => {
  const rule = defaultRule({ method: 'bounded', bound: 30 });
  const floor = noiseFloor(VALUES);
  const { least, pairs } = boundedReach(rule, floor) ?? { least: Number.NaN, pairs: 0 };
  const [level = 0] = levelsFor(rule.mode, rule.alpha, [false]);
  const attempt = { level, spec: confirmSpec(rule, floor) };
  const after = (difference: number) =>
    confirmVerdict(rule, attempt, Array(pairs).fill(difference)).verdict;
  expect(after(1.01 * least)).toBe('accepted');
  expect(after(0.99 * least)).toBe('unconfirmed');
});
