import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { NOISE_NAMES } from '../stats/noise-models.ts';
import { decodeSimulated, encodeSimulated, simulatedEvaluator } from './simulated.ts';

const NEVER = new AbortController().signal;
const SHOTS = 400;

async function valuesOf(noise: (typeof NOISE_NAMES)[number], effect: number, seed = 'a') {
  const evaluator = simulatedEvaluator({ noise, rng: publicRoot(seed).stream(0, 'noise') });
  const candidate = { id: '', text: encodeSimulated({ id: 1, effect, sd: 1 }) };
  const [measured] = await evaluator.measure([{ candidate, cases: Array(SHOTS).fill(7) }], NEVER);
  return (measured?.cases ?? []).map((one) => (one.outcome === 'scored' ? one.value : Number.NaN));
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

test.each(NOISE_NAMES)(
  '%s noise shows a 3σ effect and repeats only from the same stream',
  async (noise) => {
    const base = await valuesOf(noise, 0);
    const better = await valuesOf(noise, 3);
    expect(median(better) - median(base)).toBeGreaterThan(2);
    expect(new Set(base).size).toBeGreaterThan(1);
    expect(await valuesOf(noise, 0)).toEqual(base);
    expect(await valuesOf(noise, 0, 'b')).not.toEqual(base);
  },
);

test('what is no simulated candidate is invalid', () => {
  for (const text of [
    '',
    'null',
    '7',
    '{}',
    '{"id":1,"effect":null,"sd":1}',
    '{"id":1,"effect":0,"sd":0}',
    '{"id":1,"effect":1e999,"sd":1}',
  ]) {
    expect(decodeSimulated(text)).toBeUndefined();
  }
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((one) => !Object.is(one, -0));
  fc.assert(
    fc.property(fc.nat(), number, number, (id, effect, spread) => {
      const candidate = { id, effect, sd: Math.abs(spread) + 1 };
      expect(decodeSimulated(encodeSimulated(candidate))).toEqual(candidate);
    }),
  );
});
