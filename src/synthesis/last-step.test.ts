/** Looks one step ahead: found sooner, nothing else changed, and only what fits every example is told. */
import { expect, test } from 'vitest';
import { naiveValues } from '../../test/synthesis/naive-language.ts';
import type { Costs } from './costs.ts';
import { costsOf, uniformGrammar } from './costs.ts';
import type { Search, Searched } from './enumerate.ts';
import { enumerate } from './enumerate.ts';
import type { Term, Value } from './language.ts';
import { bareLanguage } from './language.ts';
import type { LookingAhead } from './last-step.ts';
import type { Input } from './memory.ts';
import { print, readTerm } from './term.ts';
import { workspace } from './workspace.ts';

const BARE = bareLanguage('numbers');
const SPACE = workspace(30_000, 4_000_000);
const INPUTS: readonly Input[] = [
  { list: [3, -1, 7, 7, 0], k: 2 },
  { list: [5, 4, -3, 9], k: 1 },
  { list: [-6, 2, 2, 11, 0, 8], k: 3 },
];
const COSTS = costsOf(BARE, uniformGrammar(BARE));
const LOOKING: LookingAhead = { first: 100, times: 3, share: 4 };

/** A step of this name is dear whatever its first argument is. */
const dear = (name: string, costs: Costs = COSTS): Costs =>
  costs.map((rows, prim) =>
    BARE.primitives[prim]?.name === name
      ? rows.map((row, slot) => (slot === 0 ? row.map((edge) => Math.min(edge + 20, 60)) : row))
      : rows,
  );

const outputsOf = (text: Parameters<typeof readTerm>[1]): readonly Value[] =>
  naiveValues(readTerm(BARE, text), { language: BARE, inputs: INPUTS }) as readonly Value[];

interface Told {
  readonly term: Term;
  readonly candidates: number;
}

function searched(
  targets: readonly (readonly Value[])[],
  more: Partial<Search> = {},
  space = SPACE,
): Searched & { readonly told: ReadonlyMap<number, Told> } {
  const told = new Map<number, Told>();
  const result = enumerate(
    {
      language: BARE,
      domain: 'numbers',
      costs: COSTS,
      inputs: INPUTS,
      targets,
      goOn: (candidates) => candidates < 6_000,
      found: (task, term, candidates) => told.set(task, { term, candidates }),
      ...more,
    },
    space,
  );
  return { ...result, told };
}

test.each<[string, Parameters<typeof readTerm>[1]]>([
  ['minus', ['minus', ['fold', 'max', 'L'], ['head', 'L']]],
  ['scan', ['scan', 'max', ['rev', 'L']]],
])(
  'a dear %s on cheap arguments is found ahead of its turn, and not at all without',
  (name, text) => {
    const costs = dear(name);
    const wanted = outputsOf(text);
    expect(searched([wanted], { costs }).told.size).toBe(0);
    const { told } = searched([wanted], { costs, ahead: LOOKING });
    const { term, candidates } = told.get(0) as Told;
    expect(naiveValues(term, { language: BARE, inputs: INPUTS })).toEqual(wanted);
    expect(candidates).toBeLessThan(6_000);
  },
);

test('among many outputs each is told with its own program', () => {
  const texts = ['max', 'min', 'add'].flatMap((g): Parameters<typeof readTerm>[1][] => [
    ['minus', ['fold', g, 'L'], ['head', 'L']],
    ['plus', 'k', ['fold', g, 'L']],
  ]);
  const targets = texts.map(outputsOf);
  const costs = dear('minus', dear('plus'));
  const goOn = (candidates: number): boolean => candidates < 30_000;
  const { told } = searched(targets, { costs, goOn, ahead: LOOKING });
  expect(told.size).toBe(targets.length);
  for (const [task, { term }] of told)
    expect(naiveValues(term, { language: BARE, inputs: INPUTS })).toEqual(targets[task]);
});

test('what is right on the example it is computed on and wrong on another is not told', () => {
  const right = outputsOf(['minus', ['fold', 'max', 'L'], ['head', 'L']]) as readonly number[];
  // The largest output is the one that is computed; 5 and −1 belong to no cheap program with it.
  const last = Math.max(...right);
  const planted = right.map((value) => (value === last ? value : 87_431));
  const costs = dear('minus');
  expect(searched([planted], { costs, ahead: LOOKING }).told.size).toBe(0);
  expect(searched([right], { costs, ahead: LOOKING }).told.size).toBe(1);
});

test('what the search keeps is the same, only less of it', () => {
  const shown = ({ kept, term }: Searched): readonly string[] =>
    Array.from({ length: kept }, (_, id) => print(BARE, term(id)));
  const wanted = [99_999, 1, 87_431];
  const plain = shown(searched([wanted]));
  const ahead = shown(searched([wanted], { ahead: LOOKING }));
  expect(ahead.length).toBeLessThan(plain.length);
  expect(ahead).toEqual(plain.slice(0, ahead.length));
});

test('a look ends at its share, and the count is in the budget', () => {
  const wanted = [99_999, 1, 87_431];
  const looked = searched([wanted], { ahead: { first: 1_000, times: 1e9, share: 2 } });
  // One look at about 1,000 candidates spends twice as much; the rest is the search's own.
  const none = searched([wanted], { goOn: (candidates) => candidates < 4_000 });
  expect(Math.abs(looked.kept - none.kept) / none.kept).toBeLessThan(0.3);
  expect(looked.end).toBe('budget');
  expect(looked.candidates).toBeGreaterThanOrEqual(6_000);
  expect(looked.candidates).toBeLessThan(6_600);
});

test('the same twice, in a used workspace too; without room for looks the search goes on', () => {
  const wanted = outputsOf(['minus', ['fold', 'max', 'L'], ['head', 'L']]);
  const once = (space = SPACE) =>
    searched([wanted], { costs: dear('minus'), ahead: LOOKING }, space);
  expect(once().told.get(0)).toEqual(once().told.get(0));
  const small = { ...SPACE, near: { cells: SPACE.near.cells, offsets: new Int32Array(10) } };
  expect(once(small).told.size).toBe(0);
  expect(once(small).end).toBe('budget');
});

test('programs of an output that was found before are told as others', () => {
  const others = (ahead?: LookingAhead): ReadonlySet<string> => {
    const shown = new Set<string>();
    const another = (_: number, term: Term): void => void shown.add(print(BARE, term));
    const more = { costs: dear('minus'), another, ...(ahead ? { ahead } : {}) };
    searched([outputsOf(['head', 'L'])], more);
    return shown;
  };
  const plain = others();
  expect([...others(LOOKING)].filter((one) => !plain.has(one)).length).toBeGreaterThan(0);
});
