/** Each e-process under its own null: a 5 % threshold is crossed at most 5 % of the time, ever. */
import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { publicRoot, type Rng } from '../core/rng.ts';
import { studentCdf } from '../stats/distributions.ts';
import { type EProcessSpec, logEValues } from '../stats/e-process.ts';

const PATHS = isThorough ? 4000 : 1000;
const STEPS = 200;
const ALPHA = 0.05;
/** 5 % and two standard errors of a rate over so many paths. */
const BOUND = ALPHA + 2 * Math.sqrt((ALPHA * (1 - ALPHA)) / PATHS);
/** A process that never moves would pass the bound; a useful one crosses at least this often. */
const ALIVE = 0.01;

type Crosses = (differences: readonly number[]) => boolean;

function rateOfCrossing(name: string, draw: (rng: Rng) => number, crosses: Crosses): number {
  const root = publicRoot(`null-crossings ${name}`);
  let crossed = 0;
  for (let path = 0; path < PATHS; path++) {
    const rng = root.stream(path, 'path');
    if (crosses(Array.from({ length: STEPS }, () => draw(rng)))) crossed += 1;
  }
  return crossed / PATHS;
}

const reaches =
  (spec: EProcessSpec): Crosses =>
  (differences) =>
    Math.max(...logEValues(spec, differences)) >= Math.log(1 / ALPHA);

const gaussian = (rng: Rng): number => rng.normal();
const fairSign = (rng: Rng): number => rng.int(3) - 1;
/** Mean 0, strongly skewed: small wins, rare large losses. */
const skewed = (rng: Rng): number => (rng.float() < 0.05 ? -0.95 : 0.05);

test.each([
  { name: 'A, normal', draw: gaussian, spec: { method: 'symmetric', scale: 1, margin: 0 } },
  { name: 'D, normal', draw: gaussian, spec: { method: 't-mixture', margin: 0, g: 1 } },
] as const)('$name: at most 5 %, and alive', ({ name, draw, spec }) => {
  const rate = rateOfCrossing(name, draw, reaches(spec));
  expect(rate).toBeLessThanOrEqual(BOUND);
  expect(rate).toBeGreaterThan(ALIVE);
});

test.each([
  { name: 'B, fair signs', draw: fairSign, spec: { method: 'passfail', a: 1 } },
  { name: 'C, skewed', draw: skewed, spec: { method: 'bounded', bound: 1, margin: 0 } },
] as const)('$name: at most 5 %', ({ name, draw, spec }) => {
  expect(rateOfCrossing(name, draw, reaches(spec))).toBeLessThanOrEqual(BOUND);
});

test('planted fault: a t-test looked at after every pair breaks the bound', () => {
  const peeks: Crosses = (differences) => {
    let sum = 0;
    let squares = 0;
    return differences.slice(0, 60).some((value, i) => {
      const n = i + 1;
      sum += value;
      squares += value * value;
      const variance = (squares - (sum * sum) / n) / (n - 1);
      return n >= 3 && studentCdf(-sum / Math.sqrt(n * variance), n - 1) <= ALPHA;
    });
  };
  expect(rateOfCrossing('peeking', gaussian, peeks)).toBeGreaterThan(BOUND);
});

test('planted fault: two e-processes multiplied on the same data break the bound', () => {
  const product: Crosses = (differences) => {
    const ours = logEValues({ method: 'symmetric', scale: 1, margin: 0 }, differences);
    const theirs = logEValues({ method: 't-mixture', margin: 0, g: 1 }, differences);
    return ours.some((log, i) => log + (theirs[i] ?? 0) >= Math.log(1 / ALPHA));
  };
  expect(rateOfCrossing('product', gaussian, product)).toBeGreaterThan(BOUND);
});

test('the limit of method A: mean 0 with rare large losses is not its null, and C holds there', () => {
  const sixty =
    (spec: EProcessSpec): Crosses =>
    (differences) =>
      reaches(spec)(differences.slice(0, 60));
  const trap = (rng: Rng): number => (rng.float() < 0.05 ? -5.7 : 0.3);
  const fooled = rateOfCrossing('trap', trap, sixty({ method: 'symmetric', scale: 1, margin: 0 }));
  expect(fooled).toBeGreaterThan(0.9);
  const held = rateOfCrossing('trap', trap, sixty({ method: 'bounded', bound: 12, margin: 0 }));
  expect(held).toBeLessThanOrEqual(BOUND);
});
