import { expect, test } from 'vitest';
import { publicRoot, type Rng } from '../core/rng.ts';
import { judgeKeeps } from './observe.ts';
import { MIN_STEPS, type ObservedRow, observedNoise } from './observed-noise.ts';

const ALPHA = 0.05;
const root = publicRoot('observe');

/** A loop that keeps whatever beats the best so far; every `every`th row is truly better by `step` σ. */
function greedyFile(rng: Rng, of: { rows: number; every?: number; step?: number }): ObservedRow[] {
  let best = Number.NEGATIVE_INFINITY;
  let level = 0;
  return Array.from({ length: of.rows }, (_, i) => {
    const isBetter = of.every !== undefined && i > 0 && i % of.every === 0;
    if (isBetter) level += of.step ?? 0;
    const value = level + rng.normal();
    const status = value > best ? 'keep' : 'discard';
    best = Math.max(best, value);
    return { row: i + 2, id: undefined, status, value };
  });
}

function judged(rows: readonly ObservedRow[], given?: number) {
  const noise = observedNoise(rows, given);
  if (typeof noise === 'string') throw new Error(noise);
  return judgeKeeps(rows, { noise, alpha: ALPHA });
}

function shuffled(rows: readonly ObservedRow[], rng: Rng): ObservedRow[] {
  const order = rows.map((row) => ({ row, at: rng.float() }));
  return order.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

test.each([
  ['given', 1, 60],
  ['from discards', undefined, 60],
  ['from discards, long', undefined, 400],
] as const)('pure noise kept greedily, σ %s: hardly any file has a survivor', (_, given, size) => {
  const files = 400;
  let bad = 0;
  let keeps = 0;
  let survivors = 0;
  for (let i = 0; i < files; i++) {
    const found = judged(greedyFile(root.stream(i, 'null'), { rows: size }), given);
    bad += found.survivors > 0 ? 1 : 0;
    keeps += found.keeps.length;
    survivors += found.survivors;
  }
  expect(keeps).toBeGreaterThan(files * 2);
  // α and two standard errors of it.
  expect(bad / files).toBeLessThanOrEqual(ALPHA + 2 * Math.sqrt((ALPHA * (1 - ALPHA)) / files));
  expect(survivors / keeps).toBeLessThanOrEqual(ALPHA);
});

test('a baseline drawn by chance below its level does fool it, about as often as α allows', () => {
  const files = 4000;
  let bad = 0;
  for (let i = 0; i < files; i++)
    bad += judged(greedyFile(root.stream(i, 'exact'), { rows: 2 }), 1).survivors > 0 ? 1 : 0;
  expect(bad / files).toBeGreaterThan(0.03);
  expect(bad / files).toBeLessThan(0.065);
});

test('true gains are found; the same rows shuffled leave about α of the keeps', () => {
  let kept = 0;
  let survivors = 0;
  let lost = 0;
  let shuffledKeeps = 0;
  for (let i = 0; i < 20; i++) {
    const rows = greedyFile(root.stream(i, 'gains'), { rows: 1000, every: 50, step: 10 });
    const found = judged(rows);
    kept += 19;
    survivors += found.survivors;
    const again = judged(shuffled(rows, root.stream(i, 'shuffle')));
    shuffledKeeps += again.keeps.length;
    lost += again.survivors;
  }
  expect(survivors / kept).toBeGreaterThan(0.8);
  expect(lost / shuffledKeeps).toBeLessThanOrEqual(ALPHA);
});

const row = (value: number | undefined, status: ObservedRow['status'] = 'keep'): ObservedRow => ({
  row: 1,
  id: undefined,
  status,
  value,
});

test('each reason, by hand', () => {
  const rows = [row(0), row(9), row(undefined), row(5), row(10), row(12.9), row(30, 'crash')];
  const { keeps, tried } = judged(rows, 1);
  expect(tried).toBe(4);
  expect(keeps.map(({ reason }) => reason)).toEqual([
    'survives',
    'no-value',
    'no-gain',
    'within-noise',
    'among-many',
  ]);
  expect(keeps[3]?.gain).toBe(1);
  expect(keeps[4]?.p).toBeCloseTo(0.0202, 3);
});

test('repeats of one commit come before discards, and count their degrees of freedom', () => {
  const rows = [1, 2, 3, 4, 5, 6].map((value) => ({ ...row(value, 'discard'), id: 'a1b2c3d' }));
  expect(observedNoise(rows, undefined)).toMatchObject({ from: 'repeats', df: 5 });
  const { sigma } = observedNoise(rows, undefined) as { sigma: number };
  expect(sigma ** 2).toBeCloseTo(3.5, 9);
});

test('noise that cannot be told is not guessed', () => {
  const discards = (n: number, of: (i: number) => number): ObservedRow[] =>
    Array.from({ length: n }, (_, i) => row(of(i), 'discard'));
  expect(observedNoise(discards(MIN_STEPS, Math.sin), undefined)).toBe('too-few');
  expect(observedNoise(discards(MIN_STEPS + 1, Math.sin), undefined)).toMatchObject({
    from: 'discards',
    n: MIN_STEPS,
  });
  expect(
    observedNoise(
      discards(50, () => 3),
      undefined,
    ),
  ).toBe('no-scatter');
  const wild = discards(50, (i) => (i === 20 ? 1000 : Math.sin(i * i)));
  expect(observedNoise(wild, undefined)).toMatchObject({ heavyTailed: true });
});
