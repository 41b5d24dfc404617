import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { refuseFalseClass } from './evaluator-class.ts';

const configOf = (evaluator: object, more: object = {}) =>
  parseConfig(
    {
      name: 'classes',
      kind: 'code',
      surface: { edit: ['x'] },
      evaluator: { metrics: [{ name: 'loss', goal: 'min', unit: 'points' }], ...evaluator },
      proposers: [{ use: 'genetic' }],
      budget: { trials: 1 },
      ...more,
    },
    'the config of the test',
  );
const check = (file: string, evaluator: object) => () =>
  refuseFalseClass(configOf(evaluator), {
    edit: { [file]: '' },
    readonly: [],
    include: [],
    links: [],
  });

const COMMAND = { command: 'node judge.mjs', class: 'split' };

test('planted: code that a command runs is not split', () => {
  expect(check('program.py', COMMAND)).toThrow(/program\.py is code.*could reach its grade/);
  expect(check('Makefile', COMMAND)).toThrow(/Makefile is code/);
  expect(check('package.json', COMMAND)).toThrow(/package\.json is code/);
  expect(check('lib/Pyproject.toml', COMMAND)).toThrow(/Pyproject\.toml is code/);
  const module = { use: 'function', module: 'judge.mjs', class: 'split' };
  expect(check('a.ts', module)).toThrow(/a function evaluator runs it in its own jail/);
});

test('data, what says fused, and what is apart are as they say', () => {
  expect(check('circles.json', COMMAND)).not.toThrow();
  expect(check('prompt.MD', COMMAND)).not.toThrow();
  expect(check('program.py', { ...COMMAND, class: 'fused' })).not.toThrow();
  const apart = { use: 'split', judge: 'judge/a.mjs', solver: 'solver/b.mjs', class: 'split' };
  expect(check('a.ts', apart)).not.toThrow();
  expect(() => configOf({ ...apart, class: 'fused' })).toThrow(/write class: split/);
});

test('planted: what a warm worker cannot promise is refused', () => {
  const apart = { use: 'split', judge: 'judge/a.mjs', solver: 'solver/b.mjs', class: 'split' };
  const timed = { metrics: [{ name: 'ms', goal: 'min', unit: 'ms', kind: 'time' }] };
  expect(() => configOf({ ...apart, ...timed })).toThrow(/metrics: of kind: time need the process/);
  const sealed = { splits: { holdout: { cases: 24, queries: 5 } } };
  expect(() => configOf({ ...apart, batch: 10 }, sealed)).toThrow(
    /go in one by one: leave batch out/,
  );
  expect(() => configOf(apart, sealed)).not.toThrow();
  expect(() => configOf({ ...apart, limits: { steps: 10 } })).not.toThrow();
  const python = { ...apart, solver: 'solver/b.py', python: 'python3' };
  expect(() => configOf(python)).not.toThrow();
  expect(() => configOf({ ...python, limits: { steps: 10 } })).toThrow(
    /JavaScript and TypeScript only/,
  );
  expect(() => configOf({ ...apart, python: 'python3' })).toThrow(/belongs to a solver in Python/);
});
