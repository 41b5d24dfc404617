import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const config = (safety: object) => ({
  name: 'safe',
  kind: 'code',
  surface: { edit: ['src/x.ts'] },
  evaluator: {
    use: 'function',
    module: 'evaluate.ts',
    class: 'fused',
    metrics: [{ name: 'loss', goal: 'min', unit: 'points' }],
  },
  proposers: ['genetic'],
  budget: { trials: 1 },
  safety,
});

test('days are a duration, as what a request waits for is said in days', () => {
  const { safety } = parseConfig(config({ approval: { expires: '7d' } }), 'paceline.yaml');
  expect(safety?.approval?.expires).toBe(7 * 86_400_000);
});

test.each<[object, RegExp]>([
  [{ approval: { expires: '5s' } }, /safety[.]approval[.]expires: must be at least 1m$/m],
  [{ approval: { expires: '1 week' } }, /for example 90s, 3m, 1h or 7d/],
  [{ gates: ['C1'] }, /unknown key "gates"; what may stand there: approval, audit, calls, checks/],
  [{ manifest: { module: [] } }, /unknown key "module"; did you mean modules[?]$/m],
  [
    { publish: { folder: 'x', git: 'origin' } },
    /git belongs to another use, mode or role than what stands beside it: leave one out/,
  ],
])('refused in words that say what may stand there: %j', (safety, why) => {
  expect(() => parseConfig(config(safety), 'paceline.yaml')).toThrow(why);
});
