import { expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { chooseModel, learn, type Trials } from './choice.ts';

const spent = (microUsd: number, tokens = 100) => ({ requests: 1, tokens, microUsd });

/** How often each of two models is asked in `n` calls. @param gains Mean gain in sigma; each call scatters by one. */
function played(
  models: Readonly<
    Record<string, { readonly gain: number; readonly microUsd: number; readonly tokens?: number }>
  >,
  n: number,
): Readonly<Record<string, number>> {
  const rng = publicRoot('bandit').stream(0, 'play');
  const names = Object.keys(models);
  let trials: Trials = {};
  const asked: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  for (let i = 0; i < n; i++) {
    const model = chooseModel(names, trials, rng);
    const { gain, microUsd, tokens } = models[model] ?? { gain: 0, microUsd: 0 };
    asked[model] = (asked[model] ?? 0) + 1;
    trials = learn(trials, { model, spent: spent(microUsd, tokens), gain: gain + rng.normal() });
  }
  return asked;
}

test('each is asked once before any is asked again', () => {
  const asked = played(
    { a: { gain: 0, microUsd: 1 }, b: { gain: 0, microUsd: 9 }, c: { gain: 0, microUsd: 5 } },
    3,
  );
  expect(asked).toEqual({ a: 1, b: 1, c: 1 });
});

test('of two that are as good the cheaper one gets most of the calls', () => {
  const { dear = 0, cheap = 0 } = played(
    { dear: { gain: 0.5, microUsd: 10_000 }, cheap: { gain: 0.5, microUsd: 1_000 } },
    200,
  );
  expect(cheap).toBeGreaterThan(8 * dear);
});

test('one that costs twice as much and is worth it is asked more', () => {
  const { dear = 0, cheap = 0 } = played(
    { dear: { gain: 3, microUsd: 2_000 }, cheap: { gain: -3, microUsd: 1_000 } },
    400,
  );
  expect(dear).toBeGreaterThan(2 * cheap);
});

test('where nothing costs money, tokens count', () => {
  const { wordy = 0, terse = 0 } = played(
    {
      wordy: { gain: 0.5, microUsd: 0, tokens: 9000 },
      terse: { gain: 0.5, microUsd: 0, tokens: 900 },
    },
    200,
  );
  expect(terse).toBeGreaterThan(8 * wordy);
});

test('a call that gave nothing is learnt from: it cost, and earned nothing', () => {
  const trials = learn({}, { model: 'a', spent: spent(7, 3), gain: null });
  expect(trials).toEqual({ a: { n: 1, reward: 0, microUsd: 7, tokens: 3 } });
  expect(learn(trials, { model: 'a', spent: spent(1, 1), gain: 50 })['a']).toMatchObject({
    n: 2,
    reward: 1,
  });
});

test('planted: a model that never answers costs nothing, and is not preferred for it', () => {
  const rng = publicRoot('bandit').stream(1, 'play');
  let trials: Trials = {};
  const asked = { answers: 0, fails: 0 };
  for (let i = 0; i < 100; i++) {
    const model = chooseModel(['answers', 'fails'], trials, rng) as keyof typeof asked;
    asked[model] += 1;
    const took = model === 'fails' ? { requests: 5, tokens: 0, microUsd: 0 } : spent(3_000);
    trials = learn(trials, { model, spent: took, gain: model === 'fails' ? null : 1 });
  }
  expect(asked.answers).toBeGreaterThan(4 * asked.fails);
});
