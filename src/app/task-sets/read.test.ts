import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PacelineError } from '../../core/errors.ts';
import { parseTaskSet, readTaskSet, TASKS_FILE } from './read.ts';
import type { Task, TaskSet } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-tasks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const EXAMPLES = [
  { list: [1, 2, 3], k: 1 },
  { list: [4, 4], k: 2 },
];
const HIDDEN = [
  { list: [], k: 1 },
  { list: [7], k: 3 },
];
const SUM: Task = {
  name: 'sum',
  family: 'own',
  cell: null,
  split: 'train',
  outputs: [6, 8],
  hiddenOutputs: [null, 7],
};
const HEAD: Task = { ...SUM, name: 'head', outputs: [1, 4], hiddenOutputs: [null, 7] };

const setOf = (group: object = {}, set: object = {}): TaskSet =>
  ({
    schema: 'paceline/task-set/1',
    name: 'own',
    seed: 0,
    domain: 'numbers',
    groups: [{ examples: EXAMPLES, hidden: HIDDEN, tasks: [SUM, HEAD], ...group }],
    ...set,
  }) as TaskSet;

/** What a person is told; fails where nothing is refused. */
function refusal(set: unknown): PacelineError {
  try {
    parseTaskSet(typeof set === 'string' ? set : JSON.stringify(set), 'tasks.json');
  } catch (error) {
    if (PacelineError.is(error)) return error;
    throw error;
  }
  throw new Error('It was read.');
}

test('a set is read from its folder, with an id that its layout does not change', () => {
  const set = setOf();
  writeFileSync(join(folder, TASKS_FILE), JSON.stringify(set, undefined, 4));
  const read = readTaskSet(folder);
  expect(read.set).toEqual(set);
  expect(read.apart).toEqual([]);
  expect(parseTaskSet(JSON.stringify(set), 'x').id).toBe(read.id);
  expect(parseTaskSet(JSON.stringify(setOf({ tasks: [SUM] })), 'x').id).not.toBe(read.id);
});

test('a folder without the file is told what it needs', () => {
  expect(() => readTaskSet(join(folder, 'nowhere'))).toThrow(
    /There is no file .*tasks\.json\..*README/,
  );
});

describe('what is no task set is refused with its place', () => {
  const other = { list: [1, 2, 3], k: 1 };
  test.each([
    ['another schema', setOf({}, { schema: 'paceline/task-set/9' }), /schema: .*task-set\/1/],
    ['an unknown key', setOf({}, { domains: 'text' }), /domains/],
    ['a misspelt key of a task', setOf({ tasks: [{ ...SUM, famly: 'x' }] }), /did you mean family/],
    [
      'no family',
      setOf({ tasks: [{ ...SUM, family: undefined }] }),
      /tasks\.0\.family: is missing/,
    ],
    [
      'a fraction',
      setOf({ tasks: [{ ...SUM, outputs: [6.5, 8] }] }),
      /outputs\.0: must be a whole/,
    ],
    ['a failure among examples', setOf({ tasks: [{ ...SUM, outputs: [null, 8] }] }), /outputs\.0/],
    ['a value beyond the language', setOf({ tasks: [{ ...SUM, outputs: [6, 1e7] }] }), /1000000/],
    [
      'a list beyond it',
      setOf({ examples: [{ list: Array(25).fill(0), k: 1 }, other] }),
      /at most 24/,
    ],
    ['control characters in a name', setOf({ tasks: [{ ...SUM, name: 'a\u001b[2J' }] }), /control/],
    [
      'fewer outputs than inputs',
      setOf({ tasks: [{ ...SUM, outputs: [6] }] }),
      /1 outputs for 2 inputs/,
    ],
    [
      'fewer hidden outputs',
      setOf({ tasks: [{ ...SUM, hiddenOutputs: [1] }] }),
      /1 hiddenOutputs for 2/,
    ],
    [
      'nothing to judge on',
      setOf({ hidden: [], tasks: [{ ...SUM, hiddenOutputs: [] }] }),
      /hidden: is empty/,
    ],
    ['one example', setOf({ examples: [other], tasks: [{ ...SUM, outputs: [6] }] }), /too few/],
    [
      'one example twice',
      setOf({ examples: [other, other], tasks: [{ ...SUM, outputs: [6, 6] }] }),
      /too few/,
    ],
    ['two kinds of output', setOf({ tasks: [{ ...SUM, outputs: [6, [8]] }] }), /numbers and lists/],
    ['two tasks of one name', setOf({ tasks: [SUM, { ...HEAD, name: 'sum' }] }), /called "sum"/],
  ])('%s', (_, set, said) => {
    const error = refusal(set);
    expect(error.code).toBe('TASK_SET_INVALID');
    expect(error.message).toMatch(said);
  });

  test('NaN, which JSON does not have', () => {
    const text = JSON.stringify(setOf()).replace('[6,8]', '[NaN,8]');
    expect(refusal(text).message).toMatch(/not JSON .* without NaN/);
  });

  test('examples that contradict each other, with what they say', () => {
    const examples = [...EXAMPLES, EXAMPLES[0]];
    const error = refusal(setOf({ examples, tasks: [{ ...SUM, outputs: [6, 8, 5] }] }));
    expect(error.message).toMatch(
      '"sum" contradicts itself: for list [1,2,3] and k 1 it gives 6 and 5;',
    );
  });

  test('a hidden output that contradicts an example', () => {
    const hidden = [EXAMPLES[1], HIDDEN[1]];
    const error = refusal(setOf({ hidden, tasks: [{ ...SUM, hiddenOutputs: [9, 7] }] }));
    expect(error.message).toMatch('for list [4,4] and k 2 it gives 8 and 9');
  });

  test('of many faults the first ten are listed and the rest counted', () => {
    const tasks = Array.from({ length: 40 }, (_, i) => ({ ...SUM, name: `t${i}`, outputs: [6] }));
    const error = refusal(setOf({ tasks }));
    expect(error.message.split('\n')).toHaveLength(12);
    expect(error.message).toMatch(/and 30 more like these$/);
    expect(error.data['count']).toBe(40);
  });
});

test('a held-out task that is a training task renamed is refused by what it does', () => {
  const renamed = { ...SUM, name: 'grand-total', family: 'mine', split: 'held-out' };
  const error = refusal(setOf({ tasks: [SUM, HEAD, renamed] }));
  expect(error.code).toBe('TASKS_OVERLAP');
  expect(error.message).toMatch(
    '"grand-total" (held-out) does what "sum" (train) does on all 4 inputs',
  );
});

test('groups that share no inputs are read, and named as not compared', () => {
  const elsewhere = EXAMPLES.map(({ list, k }) => ({ list: [...list, 9], k }));
  const [group] = setOf().groups;
  const second = { ...group, examples: elsewhere, hidden: [{ list: [8], k: 1 }] };
  const tasks = [
    { ...SUM, name: 'sum-again', split: 'held-out', outputs: [15, 17], hiddenOutputs: [8] },
  ];
  const set = setOf({}, { groups: [group, { ...second, tasks }] });
  expect(parseTaskSet(JSON.stringify(set), 'x').apart).toEqual([{ left: 0, right: 1, inputs: 0 }]);
});
