/** What a study of improvers may say, and what it would say in vain. */
import { expect, test } from 'vitest';
import { GP_VOCABULARY } from '../improver/gp/slots.ts';
import { parseConfig } from './config.ts';

const written = (more: object = {}, evaluator: object = {}) =>
  parseConfig(
    {
      name: 'test',
      kind: 'improver',
      surface: { edit: ['origin/improver.ts'] },
      evaluator: { use: 'inner-study', tasks: 'families', ...evaluator },
      proposers: ['genetic'],
      budget: { trials: 10 },
      ...more,
    },
    'a test',
  );

test('improvers have their language, their metric and a class that is true', () => {
  const config = written();
  expect(config.language?.slots.map(({ name }) => name)).toEqual(
    GP_VOCABULARY.slots.map(({ name }) => name),
  );
  expect(config.evaluator).toMatchObject({ class: 'split', steps: [60, 100, 160] });
  expect(config.evaluator.metrics).toMatchObject([{ name: 'regret', goal: 'min' }]);
  // As it is recorded it is read again.
  expect(parseConfig(JSON.parse(JSON.stringify(config)), 'the record')).toEqual(config);
});

const ofCode = { use: 'command', command: 'node judge.mjs', class: 'split', tasks: undefined };

test.each([
  [
    { rule: { mode: 'exact', exact: { tolerance: 0, verifier: 'node v.mjs' } } },
    {},
    /regrets need seeds/,
  ],
  [{ kind: 'code' }, {}, /write kind: improver/],
  [{ splits: { generator: 'node g.mjs' } }, {}, /a family makes its own instances/],
  [{ surface: { edit: ['a.ts', 'b.ts'] } }, {}, /the one file/],
  [{}, { limits: { memory: '100mb' } }, /cpu is all that can be limited/],
  [{}, { params: { a: 1 } }, /no stages, interpreter or params/],
  [{}, { metrics: [{ name: 'regret', goal: 'max', unit: '' }] }, /of which less is better/],
  [{}, { steps: [] }, /steps/],
])('refused: %j %j', (more, evaluator, says) => {
  expect(() => written(more, evaluator)).toThrow(says);
});

test('another evaluator scores no improver', () => {
  const { tasks: _, ...evaluator } = ofCode;
  const metrics = [{ name: 'loss', goal: 'min', unit: '' }];
  const config = { ...written(), evaluator: { ...evaluator, metrics }, language: undefined };
  expect(() => parseConfig(JSON.parse(JSON.stringify(config)), 'a test')).toThrow(
    /write use: inner-study/,
  );
});
