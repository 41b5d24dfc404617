import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import { encodeForest } from '../lang/codec.ts';
import { growForest } from '../lang/generate.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { Forecast, Judged } from './contract.ts';
import { FEATURES } from './surrogate/features.ts';
import { MOST_REMEMBERED, neighbourhood, type Remembered, remember } from './surrogate/memory.ts';
import { chanceOf, correctionOf, logOdds, type Net, weightCount } from './surrogate/net.ts';
import { PRIOR } from './surrogate/prior.ts';
import { forestPhenotypes, surrogateTaste } from './surrogate.ts';

const at = (candidate: string, place: number, score: number): Remembered => ({
  candidate,
  phenotype: Float32Array.of(place, place),
  score,
  better: score > 1,
  size: 1,
});

describe('the nearest', () => {
  const memory = [at('a', 0, 0), at('b', 0.5, 2), at('c', 0.6, 4), at('d', 1, 100)];

  test('three by 1/(d + 0.02), worked by hand', () => {
    // At 0.5: distances 0, 0.1 and 0.5 (the fourth is as far, and comes later): weights 50, 8.33, 1.92.
    const near = neighbourhood(memory, Float32Array.of(0.5, 0.5), -99);
    const [w, v, u] = [1 / 0.02, 1 / 0.12, 1 / 0.52];
    expect(near?.score).toBeCloseTo((w * 2 + v * 4 + u * 100) / (w + v + u), 4);
    expect(near).toMatchObject({ nearest: 2, distance: 0 });
    expect(near?.better).toBe(1);
  });

  test('a disaster says no more than the worst that is worth telling apart', () => {
    const low = neighbourhood([at('a', 0, -1e9), at('b', 0, 1)], Float32Array.of(0, 0), -2);
    expect(low?.score).toBeCloseTo(-0.5, 9);
  });

  test('nothing remembered, nothing said', () => {
    expect(neighbourhood([], Float32Array.of(0), 0)).toBeUndefined();
  });

  test('memory is bounded, keeps the latest and the best, and each candidate once', () => {
    let kept: readonly Remembered[] = [];
    for (let i = 0; i < 1000; i++) kept = remember(kept, at(`${i}`, 0, i === 3 ? 999 : i % 7));
    expect(kept).toHaveLength(MOST_REMEMBERED);
    expect(kept.map(({ candidate }) => candidate)).toContain('3');
    expect(kept.slice(-200).map(({ candidate }) => candidate)).toEqual(
      Array.from({ length: 200 }, (_, i) => `${800 + i}`),
    );
    expect(remember(kept, at('999', 0, 5))).toHaveLength(MOST_REMEMBERED);
  });
});

describe('the net', () => {
  test('one unit, worked by hand', () => {
    const net: Net = { inputs: 1, hidden: 1, weights: [2, 0.5, 3, -1] };
    expect(logOdds(net, [0.25])).toBeCloseTo(3 * Math.tanh(1) - 1, 12);
    expect(logOdds({ ...net, weights: [0, 0, 0, 99] }, [1])).toBeCloseTo(Math.log(999), 12);
  });

  test('that is shipped fits what it is shown', () => {
    expect(PRIOR.inputs).toBe(FEATURES);
    expect(PRIOR.weights).toHaveLength(weightCount(PRIOR.inputs, PRIOR.hidden));
    expect(PRIOR.weights.every(Number.isFinite)).toBe(true);
  });

  test('is corrected to the study: an overconfident one is taken back, a good one left alone', () => {
    const rng = publicRoot('correction').stream(0, 'x');
    const told = (truth: (odds: number) => number) =>
      Array.from({ length: 200 }, () => {
        const odds = 2 * rng.normal();
        return { odds, better: rng.float() < chanceOf(truth(odds)) };
      });
    expect(correctionOf([])).toEqual({ shift: 0, slope: 1 });
    const loud = correctionOf(told((odds) => 0.4 * odds - 1));
    expect(loud.slope).toBeLessThan(0.75);
    expect(loud.shift).toBeLessThan(-0.5);
    const right = correctionOf(told((odds) => odds));
    expect(Math.abs(right.shift)).toBeLessThan(0.5);
    expect(Math.abs(right.slope - 1)).toBeLessThan(0.35);
  });
});

const vocabulary: Vocabulary = { slots: [{ name: 'v', inputs: ['x', 'y'], result: 'real' }] };
const grid = (of: (row: number) => number) => Float64Array.from({ length: 24 }, (_, r) => of(r));
const rows = { length: 24, columns: { x: grid((r) => (r % 5) - 2), y: grid((r) => r % 7) } };
const textOf = (seed: number): string =>
  encodeForest(growForest(publicRoot('taste').stream(seed, 'f'), vocabulary, { maxDepth: 3 }));
const origin = textOf(0);
const taste = surrogateTaste({
  phenotypeOf: forestPhenotypes({ vocabulary, situations: { rows, groupSize: 8 } }),
  origin: { id: sha256(origin), text: origin, size: 1 },
  net: PRIOR,
});

const draftOf = (text: string) => {
  const parents = [sha256(origin)];
  return { text, key: text, operator: 'point', proposer: 'genetic', parents, size: 3 };
};
const { signal } = new AbortController();

test('before anything is measured it says the base rate and ranks nothing', () => {
  const said = taste.predict(taste.init(), { trial: 0, drafts: [draftOf(textOf(1))], signal });
  expect(said).toEqual([{ chance: 0.5, rank: 0 }]);
});

test('what decides like a good one is ranked above what decides like a bad one, and likelier', () => {
  let state = taste.init();
  const worth = (text: string): number => (text.includes('"x"') ? 1 : -1);
  for (let trial = 1; trial < 120; trial++) {
    const draft = draftOf(textOf(trial));
    const score = worth(draft.text);
    const judged: Judged = {
      ...draft,
      trial,
      candidate: sha256(draft.text),
      score,
      over: 0,
      better: score > 0,
      atRandom: true,
      chance: 0.5,
    };
    state = taste.tell(state, judged);
  }
  const known = ['{"v":["v","x"]}', '{"v":["c",1]}'].map(draftOf);
  const [good, bad] = taste.predict(state, { trial: 200, drafts: known, signal }) as Forecast[];
  expect(good?.rank).toBeGreaterThan(bad?.rank ?? 9);
  expect(good?.chance).toBeGreaterThan(bad?.chance ?? 9);
  expect(good?.effect).toBeGreaterThan(0);
});
