import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const config = (more: object) => ({
  name: 'people',
  kind: 'code',
  surface: { edit: ['src/x.ts'] },
  evaluator: {
    use: 'function',
    module: 'evaluate.ts',
    class: 'fused',
    metrics: [{ name: 'loss', goal: 'min', unit: 'points' }],
  },
  proposers: ['human'],
  control: { arms: [] },
  budget: {},
  ...more,
});

test.each([{}, { control: { arms: ['no-op'] } }, { proposers: [{ use: 'human' }] }])(
  'a study of people alone: %j',
  (more) => {
    expect(parseConfig(config(more), 'paceline.yaml').proposers).toEqual([
      { use: 'human', share: 1 },
    ]);
  },
);

test.each<[object, RegExp]>([
  [{ proposers: ['human', 'genetic'] }, /leave human out, and hand in with paceline propose/],
  [{ control: {} }, /with human write control: \{ arms: \[\] \}/],
  [{ control: { arms: ['best-of-n'] } }, /would ask people too/],
  [{ control: { arms: [], design: 'paired' } }, /would ask people too/],
  [{ proposers: [{ use: 'human', command: 'x' }] }, /command/],
])('refused: %j', (more, why) => {
  expect(() => parseConfig(config(more), 'paceline.yaml')).toThrow(why);
});
