/** One generation: what counts as solved, and that the next solver is the same whenever it is made. */
import { expect, test } from 'vitest';
import { naiveValues } from '../../test/synthesis/naive-language.ts';
import { certainNet } from '../../test/synthesis/small-languages.ts';
import { checkerOf } from './check-hidden.ts';
import { uniformGrammar } from './costs.ts';
import type { Solver, TaskGroup, Wake } from './generation.ts';
import { sleep, wake } from './generation.ts';
import type { Term, Value } from './language.ts';
import { bareLanguage } from './language.ts';
import type { Input } from './memory.ts';
import { print, readTerm, type StoredTerm } from './term.ts';
import { workspace } from './workspace.ts';

const language = bareLanguage('numbers');
const SOLVER: Solver = { generation: 0, language, grammar: uniformGrammar(language) };
const SPACE = workspace(60_000, 12_000_000);
const EXAMPLES: readonly Input[] = [
  { list: [3, -1, 7, 8], k: 2 },
  { list: [5, 4, -3, 9], k: 2 },
];
const MORE: readonly Input[] = [
  { list: [1, 12, -7, 7, 25], k: 3 },
  { list: [-6, 2, 2, 11, 0, 8], k: 1 },
  { list: [9, -9, 4, 17, 3, 3, 1], k: 2 },
];
const HIDDEN: readonly Input[] = [
  { list: [4, 4], k: 1 },
  { list: [2, 9, 1], k: 3 },
  { list: [], k: 0 },
];

const valuesOf = (stored: StoredTerm, inputs: readonly Input[]) =>
  inputs.map(
    (input) => naiveValues(readTerm(language, stored), { language, inputs: [input] })?.[0] ?? null,
  );

const task = (name: string, stored: StoredTerm, hidden = stored) => ({
  name,
  outputs: valuesOf(stored, EXAMPLES) as readonly Value[],
  hiddenOutputs: valuesOf(hidden, HIDDEN) as readonly (Value | null)[],
});

const onMore = (name: string, stored: StoredTerm) => ({
  name,
  outputs: valuesOf(stored, MORE) as readonly Value[],
  hiddenOutputs: valuesOf(stored, HIDDEN) as readonly (Value | null)[],
});

const group = (...tasks: TaskGroup['tasks']): TaskGroup => ({
  domain: 'numbers',
  examples: EXAMPLES,
  hidden: HIDDEN,
  tasks,
});

const awake = (of: TaskGroup, candidates = 20_000, solver = SOLVER): Wake =>
  wake(
    {
      solver,
      group: of,
      check: checkerOf(solver.language, of.hidden),
      goOn: (so) => so < candidates,
    },
    SPACE,
  );

test('a program that fits the examples and fails on hidden inputs leaves its task unsolved', () => {
  // Both lists have four elements: 2 + 2 fits the examples, and is not the length.
  const found = awake(group(task('length', ['len', 'L']), task('over-fitted', 'k', ['len', 'L'])));
  expect([...found.solved.keys()]).toEqual([0]);
  expect(found.wrong).toEqual([1]);
});

test('where the wanted function is undefined anything is accepted, elsewhere nothing but its value', () => {
  const check = checkerOf(language, HIDDEN);
  const head = readTerm(language, ['head', 'L']);
  expect(check(head, [4, 2, null])).toBe(true);
  expect(check(head, [4, 3, null])).toBe(false);
  // Undefined on the empty list, where a value is wanted.
  expect(check(head, [4, 2, 0])).toBe(false);
  expect(check(readTerm(language, 'L'), [[4, 4], null, []])).toBe(true);
  expect(check(readTerm(language, 'L'), [[4], null, []])).toBe(false);
  expect(check(head, [[4], null, null])).toBe(false);
  expect(check(head, [null, null, null])).toBe(true);
});

const LEARNABLE: TaskGroup = {
  ...group(
    onMore('sum', ['fold', 'add', 'L']),
    onMore('last', ['head', ['rev', 'L']]),
    onMore('mean-but-first', ['idiv', ['fold', 'add', ['tail', 'L']], ['len', ['tail', 'L']]]),
    onMore('distinct', ['len', ['uniq', 'L']]),
    onMore('sum-but-last', ['fold', 'add', ['tail', ['rev', 'L']]]),
  ),
  examples: MORE,
};

const MEANS: readonly StoredTerm[] = [
  ['idiv', ['fold', 'add', 'L'], ['len', 'L']],
  ['idiv', ['fold', 'add', ['tail', 'L']], ['len', ['tail', 'L']]],
  ['idiv', ['fold', 'add', ['rev', 'L']], ['len', ['rev', 'L']]],
];

const generation = () => {
  const { solved, searched } = awake(LEARNABLE, 60_000);
  const store = new Map([...solved].map(([at, { term }]) => [at, term]));
  return { searched, store, ...sleep(SOLVER, store, { abstractions: 2 }) };
};

test('the next solver is the same when it is made again: candidates, abstractions, solutions and costs', () => {
  const plain = ({ searched, store, solver, solutions, added }: ReturnType<typeof generation>) => ({
    candidates: searched.candidates,
    kept: searched.kept,
    store: [...store],
    solutions: [...solutions].map(([at, term]) => [at, print(solver.language, term)]),
    added: added.map(({ primitive }) => [
      primitive.name,
      print(solver.language, primitive.body as Term),
    ]),
    grammar: solver.grammar,
  });
  const first = plain(generation());
  expect(plain(generation())).toEqual(first);
  expect(first.solutions.length).toBeGreaterThan(3);
});

test('what it finds is what solved it: abstractions are named by generation, and costs are of their use', () => {
  const store = new Map(MEANS.map((stored, at) => [at, readTerm(language, stored)]));
  const { solver, added } = sleep({ ...SOLVER, generation: 3 }, store, { abstractions: 6 });
  expect(added.map(({ primitive }) => primitive.name)).toEqual(['f3_0']);
  expect(solver.generation).toBe(4);
  const found = awake(LEARNABLE, 20_000, solver);
  expect(found.solved.has(2)).toBe(true);
  expect(found.solved.get(2)?.candidates).toBeLessThan(2_000);
  expect(awake(LEARNABLE, 20_000).solved.has(2)).toBe(false);
});

test('no abstraction when none is asked for, and a changed grammar when one is', () => {
  const store = new Map([[0, readTerm(language, ['len', 'L'])]]);
  const even = sleep(SOLVER, store, { abstractions: 0, refit: (own) => uniformGrammar(own) });
  expect(even.solver.language).toEqual(language);
  expect(even.solver.grammar).toEqual(SOLVER.grammar);
  expect(sleep(SOLVER, store, { abstractions: 0 }).solver.grammar).not.toEqual(SOLVER.grammar);
});

test('a net guides the search for a task alone, and not one that several share', () => {
  const wanted: StoredTerm = ['fold', 'max', ['zip', 'mul', 'L', ['tail', 'L']]];
  const [one, two] = [task('a', wanted), task('b', ['len', 'L'])];
  const net = certainNet(language, 'fold', 'max', 'zip', 'mul', 'tail', 'L');
  const candidates = (solver: Solver, ...tasks: TaskGroup['tasks']): number | undefined =>
    awake(group(...tasks), 60_000, solver).solved.get(0)?.candidates;
  const alone = candidates(SOLVER, one) as number;
  expect(candidates({ ...SOLVER, net }, one)).toBeLessThan(alone / 2);
  const shared = candidates(SOLVER, one, two);
  expect(candidates({ ...SOLVER, net }, one, two)).toBe(shared);
  // One that is wrong is one among plain costs: it does not hide the task for ever.
  const wrong = certainNet(language, 'rev', 'minus');
  expect(candidates({ ...SOLVER, net: wrong }, one)).toBeGreaterThan(alone);
});
