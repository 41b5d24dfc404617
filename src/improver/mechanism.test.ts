/** Predictions by hand on a language of one abstraction, and what an ablation says of them. */
import { expect, test } from 'vitest';
import { costsOf, learnedGrammar, uniformGrammar } from '../synthesis/costs.ts';
import { bareLanguage, extended } from '../synthesis/language.ts';
import { readTerm } from '../synthesis/term.ts';
import { COSTS, costOf, mechanismOf, predicted, scored } from './mechanism.ts';

const bare = bareLanguage('numbers');
const body = readTerm(bare, ['idiv', ['fold', 'add', '#0'], ['len', '#0']]);
const rare = readTerm(bare, ['fold', 'max', '#0']);
const language = extended(bare, [
  { name: 'mean', type: 'I', args: ['L'], body },
  { name: 'top', type: 'I', args: ['L'], body: rare },
]);
const term = (...stored: Parameters<typeof readTerm>[1][]) =>
  stored.map((one) => readTerm(language, one));
const solutions = term(['mean', 'L'], ['filter', ['gtc', ['mean', 'L']], 'L'], ['len', 'L']);
const solver = { generation: 1, language, grammar: learnedGrammar(language, solutions) };
const from = bare.primitives.length;
const uniform = { generation: 0, language, grammar: uniformGrammar(language) };
const before = { solver: uniform, searched: { candidates: 100_000, cost: 40 } };

test('the cost of a program is the sum over its edges', () => {
  const costs = costsOf(language, solver.grammar);
  const at = (name: string): number => language.index.get(name) as number;
  const edge = (parent: string, slot: number, child: string): number =>
    costs[at(parent)]?.[slot]?.[at(child)] as number;
  const [, filter] = solutions;
  expect(costOf(costs, filter as never)).toBe(
    edge('filter', 0, 'gtc') +
      edge('gtc', 0, 'mean') +
      edge('mean', 0, 'L') +
      edge('filter', 1, 'L'),
  );
});

test('the abstraction that solutions call is said to matter, one that none calls is not', () => {
  const searched = { candidates: 100_000, cost: 40 };
  const sizes = predicted(solver, { from, solutions, searched });
  expect(sizes.map(({ prim }) => language.primitives[prim]?.name)).toEqual(['mean', 'top']);
  expect(sizes[0]?.size).toBeGreaterThan(0.1);
  expect(sizes[1]?.size).toBe(0);
  expect(mechanismOf(solver, { from, solutions, searched, before })).toMatchObject({
    without: ['mean'],
    sign: 'worse',
    size: sizes[0]?.size,
  });
});

test('a generation that added nothing says what its costs are worth, by the rate of either search', () => {
  const searched = { candidates: 100_000, cost: 30 };
  const nothing = { from: language.primitives.length, solutions, before };
  const mean = (of: typeof solver): number => {
    const costs = costsOf(language, of.grammar);
    return solutions.reduce((sum, one) => sum + costOf(costs, one), 0) / solutions.length;
  };
  const due = Math.log(100_000) * (mean(uniform) / 40 - mean(solver) / 30);
  const found = mechanismOf(solver, { ...nothing, searched });
  expect(found).toMatchObject({ without: [COSTS], sign: due > 0 ? 'worse' : 'better' });
  expect(found?.size).toBeCloseTo(Math.abs(due), 10);
  // Planted: costs that make what is wanted dear are said to help nothing.
  const harmed = { solver, searched };
  expect(
    mechanismOf(uniform, { ...nothing, searched: before.searched, before: harmed })?.sign,
  ).toBe(due > 0 ? 'better' : 'worse');
  expect(mechanismOf(solver, { ...nothing, searched, solutions: [] })).toBeUndefined();
});

test.each([
  [0.5, true, 0.1],
  [0.05, false, -0.35],
  [-0.5, false, -0.9],
])('measured %s', (measured, isSignRight, error) => {
  const mechanism = {
    without: ['mean'],
    metric: 'x',
    sign: 'worse' as const,
    size: 0.4,
    because: '',
  };
  const found = scored(mechanism, measured);
  expect(found.isSignRight).toBe(isSignRight);
  expect(found.error).toBeCloseTo(error, 10);
});
