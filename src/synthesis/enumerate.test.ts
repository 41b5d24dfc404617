/** The search: in the order of cost, each value once, and nothing missed that a search without tricks finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { naive, naiveValues } from '../../test/synthesis/naive-language.ts';
import { only, rich, withAbstraction } from '../../test/synthesis/small-languages.ts';
import { publicRoot } from '../core/rng.ts';
import type { Costs } from './costs.ts';
import { costsOf, NEVER, uniformGrammar } from './costs.ts';
import type { Search, Searched } from './enumerate.ts';
import { enumerate } from './enumerate.ts';
import { PROBES } from './hash-values.ts';
import type { Language, Primitive, Term, Value, ValueType } from './language.ts';
import { bareLanguage } from './language.ts';
import type { Input } from './memory.ts';
import { print, readTerm } from './term.ts';
import { workspace } from './workspace.ts';

const SPACE = workspace(60_000, 6_000_000);
const INPUTS: readonly Input[] = [
  { list: [3, -1, 7, 7, 0], k: 2 },
  { list: [5, 4, -3, 9], k: 1 },
];

const SMALL = withAbstraction(
  only('L', 'map', 'tail', 'zip', 'k', '1', 'head', 'fold', 'minus', 'inc', 'addc', 'add', 'max'),
  'span',
  { args: 'L', body: ['minus', ['fold', 'max', '#0'], ['head', '#0']] },
);

const TINY = only('L', 'tail', 'rev', 'map', 'k', 'head', 'minus', 'inc', 'addc', 'neg');

/** What a value is told apart by: functions by what they return at the probes. */
function seenAs(language: Language, term: Term): string | null {
  const values = naiveValues(term, { language, inputs: INPUTS });
  if (values === null) return null;
  const type = language.primitives[term.prim]?.type as ValueType;
  const shown = values.map((value, example) =>
    typeof value === 'function'
      ? [...PROBES.numbers].map((x) => Number(type === 'G' ? value(x, example - 2) : value(x)) + 0)
      : value,
  );
  return `${type} ${JSON.stringify(shown)}`;
}

const costOf = (costs: Costs, { prim, args }: Term): number =>
  args.reduce(
    (sum, argument, slot) =>
      sum + (costs[prim]?.[slot]?.[argument.prim] as number) + costOf(costs, argument),
    0,
  );

const searching = (language: Language, costs: Costs, more: Partial<Search> = {}): Searched =>
  enumerate(
    {
      language,
      domain: 'numbers',
      costs,
      inputs: INPUTS,
      targets: [],
      goOn: () => true,
      found: () => undefined,
      ...more,
    },
    SPACE,
  );

const keptTerms = (searched: Searched): readonly Term[] =>
  Array.from({ length: searched.kept }, (_, id) => searched.term(id));

/** Costs drawn at random from 2 to 9 where types fit: some bigrams are much cheaper than others. */
function randomCosts({ primitives }: Language, seed: string): Costs {
  const rng = publicRoot(seed).stream(0, 'costs');
  return primitives.map(({ args }) =>
    args.map((wanted) =>
      Int32Array.from(primitives, ({ type }) => (type === wanted ? 2 + rng.int(8) : NEVER)),
    ),
  );
}

/** Tuples of one choice per row. */
const tuples = <T>(rows: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  rows.reduce<readonly (readonly T[])[]>(
    (so, row) => so.flatMap((tuple) => row.map((choice) => [...tuple, choice])),
    [[]],
  );

/** All terms of at most this cost, however many have the same value. */
function everyTerm({ primitives }: Language, costs: Costs, most: number): readonly Term[] {
  const known = new Map<string, readonly Term[]>();
  const of = (type: ValueType, left: number): readonly Term[] => {
    const made = known.get(`${type}${left}`) ?? all(type, left);
    known.set(`${type}${left}`, made);
    return made;
  };
  const all = (type: ValueType, left: number): readonly Term[] =>
    primitives.flatMap(({ type: own, args }, prim) => {
      if (own !== type) return [];
      const rows = args.map((wanted, slot) =>
        primitives.flatMap((child, at) => {
          const edge = costs[prim]?.[slot]?.[at] as number;
          return child.type === wanted && edge <= left
            ? of(wanted, left - edge).filter((term) => term.prim === at)
            : [];
        }),
      );
      return tuples(rows)
        .map((chosen) => ({ prim, args: chosen }))
        .filter((term) => costOf(costs, term) <= left);
    });
  return (['I', 'L', 'F', 'P', 'G'] as const).flatMap((type) => of(type, most));
}

/** The same search with nothing clever: at each cost, every tuple of kept terms that costs exactly that. */
function slowly(language: Language, costs: Costs, most: number): readonly Term[] {
  const kept: Term[] = [];
  const seen = new Set<string>();
  const keep = (term: Term): void => {
    const value = seenAs(language, term);
    if (value === null || seen.has(value)) return;
    seen.add(value);
    kept.push(term);
  };
  language.primitives.forEach(({ args }, prim) => {
    if (args.length === 0) keep({ prim, args: [] });
  });
  for (let cost = 1; cost <= most; cost++)
    language.primitives.forEach(({ args }, prim) => {
      if (args.length === 0) return;
      const ordered = kept.toSorted(
        (a, b) => a.prim - b.prim || costOf(costs, a) - costOf(costs, b),
      );
      const rows = args.map((type) =>
        ordered.filter((term) => language.primitives[term.prim]?.type === type),
      );
      for (const chosen of tuples(rows)) {
        const term = { prim, args: chosen };
        if (costOf(costs, term) === cost) keep(term);
      }
    });
  return kept;
}

const upTo = (costs: Costs, terms: readonly Term[], most: number): readonly Term[] =>
  terms.filter((term) => costOf(costs, term) <= most);
/** Ends soon after everything of this cost was made. */
const some = (candidates: number) => candidates < 6_000;

test('with costs that depend on types alone it finds exactly the values that all terms of that cost have', () => {
  const costs = costsOf(TINY, uniformGrammar(TINY));
  const most = 18;
  const all = everyTerm(TINY, costs, most);
  const wanted = new Set(all.map((term) => seenAs(TINY, term)).filter((value) => value !== null));
  const searched = searching(TINY, costs, { goOn: some });
  expect(searched.cost).toBeGreaterThan(most);
  const found = upTo(costs, keptTerms(searched), most).map((term) => seenAs(TINY, term));
  expect(all.length).toBeGreaterThan(1.3 * wanted.size);
  expect(wanted.size).toBeGreaterThan(50);
  expect(found.toSorted()).toEqual([...wanted].toSorted());
});

test('with any costs it keeps, in order, what a search without tricks keeps', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 8 }), (seed) => {
      const costs = randomCosts(SMALL, seed);
      const most = 14;
      const searched = searching(SMALL, costs, { goOn: some });
      const wanted = slowly(SMALL, costs, most).map((term) => print(SMALL, term));
      expect(wanted.length).toBeGreaterThan(10);
      const found = upTo(costs, keptTerms(searched), most).map((term) => print(SMALL, term));
      expect(found).toEqual(wanted);
    }),
    { numRuns: 5, seed: 3 },
  );
});

test('that comparison sees a planted fault: one edge dearer by one', () => {
  const costs = randomCosts(SMALL, 'fault');
  const altered = costs.map((rows, prim) =>
    rows.map((row) =>
      row.map((edge) => (SMALL.primitives[prim]?.name === 'tail' ? edge + 1 : edge)),
    ),
  );
  const found = upTo(costs, keptTerms(searching(SMALL, altered, { goOn: some })), 12);
  expect(found.map((term) => print(SMALL, term))).not.toEqual(
    slowly(SMALL, costs, 12).map((term) => print(SMALL, term)),
  );
});

test('in the whole language no two kept programs have one value, and costs never fall', () => {
  const costs = costsOf(rich, uniformGrammar(rich));
  const searched = searching(rich, costs, { goOn: (candidates) => candidates < 5_000 });
  const terms = keptTerms(searched);
  const values = terms.map((term) => seenAs(rich, term));
  expect(terms.length).toBeGreaterThan(1_000);
  expect(values).not.toContain(null);
  expect(new Set(values).size).toBe(values.length);
  const paid = terms.map((term) => costOf(costs, term));
  expect(paid).toEqual(paid.toSorted((a, b) => a - b));
});

test('outputs and types of what is kept are those of its program', () => {
  const searched = searching(rich, costsOf(rich, uniformGrammar(rich)), {
    goOn: (candidates) => candidates < 2_000,
  });
  keptTerms(searched).forEach((term, id) => {
    const { type } = rich.primitives[term.prim] as Primitive;
    expect(searched.type(id)).toBe(type);
    if (type === 'I' || type === 'L')
      expect(searched.outputs(id)).toEqual(
        INPUTS.map((input) => naive(term, { language: rich, input })),
      );
  });
});

const NUMBERS = bareLanguage('numbers');
const COSTS = costsOf(NUMBERS, uniformGrammar(NUMBERS));
const outputsOf = (stored: Parameters<typeof readTerm>[1]): readonly Value[] =>
  naiveValues(readTerm(NUMBERS, stored), { language: NUMBERS, inputs: INPUTS }) as readonly Value[];

test('each task is told of once, by its first program, and two tasks with one wish both are', () => {
  const targets = [
    outputsOf(['len', 'L']),
    outputsOf(['fold', 'add', 'L']),
    outputsOf(['len', 'L']),
  ];
  const told: [number, string, number][] = [];
  const searched = searching(NUMBERS, COSTS, {
    targets,
    found: (task, term, candidates) => told.push([task, print(NUMBERS, term), candidates]),
  });
  expect(told.map(([task, term]) => `${task} ${term}`)).toEqual([
    '0 len(L)',
    '2 len(L)',
    '1 fold(add, L)',
  ]);
  expect(searched.end).toBe('all-found');
  expect(searched.candidates).toBe(told[2]?.[2]);
});

test('a task that a constant solves is found before any candidate', () => {
  const told: number[] = [];
  searching(NUMBERS, COSTS, {
    targets: [INPUTS.map(({ k }) => k)],
    found: (_, __, candidates) => told.push(candidates),
  });
  expect(told).toEqual([0]);
});

test('a list of lists and an integer that look alike in memory are two values', () => {
  const told: string[] = [];
  const searched = searching(NUMBERS, COSTS, {
    targets: [
      [[], []],
      [0, 0],
    ],
    found: (task, term) => told.push(`${task} ${print(NUMBERS, term)}`),
  });
  expect(searched.end).toBe('all-found');
  expect(told.map((line) => line[0]).toSorted()).toEqual(['0', '1']);
  expect(told.find((line) => line.startsWith('1'))).toBe('1 0');
});

test('with "another" it goes on and tells of further programs of the same value', () => {
  const others: string[] = [];
  const searched = searching(NUMBERS, COSTS, {
    targets: [outputsOf(['len', 'L'])],
    goOn: (candidates) => candidates < 3_000,
    another: (_, term) => others.push(print(NUMBERS, term)),
  });
  expect(searched.end).toBe('budget');
  expect(others).toContain('len(rev(L))');
  expect(new Set(others).size).toBe(others.length);
});

const summary = (searched: Searched) => ({
  ...searched,
  terms: keptTerms(searched).map((term) => print(NUMBERS, term)),
});

test('a counter of candidates stops it at the same program every time, in a used workspace too', () => {
  const goOn = (candidates: number): boolean => candidates < 5_000;
  const {
    term: _,
    type: __,
    outputs: ___,
    ...first
  } = summary(searching(NUMBERS, COSTS, { goOn }));
  // Another language, inputs and length in between leave nothing behind.
  searching(rich, costsOf(rich, uniformGrammar(rich)), {
    inputs: INPUTS.slice(1),
    goOn: (candidates) => candidates < 20_000,
  });
  const {
    term: _4,
    type: _5,
    outputs: _6,
    ...again
  } = summary(searching(NUMBERS, COSTS, { goOn }));
  expect(again).toEqual(first);
  const fresh = enumerate(
    {
      language: NUMBERS,
      domain: 'numbers',
      costs: COSTS,
      inputs: INPUTS,
      targets: [],
      goOn,
      found: () => undefined,
    },
    workspace(20_000, 3_000_000),
  );
  expect(summary(fresh).terms).toEqual(first.terms);
  expect(first.candidates).toBe(5_120);
  expect(first.end).toBe('budget');
});

test.each([
  ['programs', workspace(300, 3_000_000)],
  ['cells', workspace(60_000, 9_000)],
])('full memory for %s ends it as "memory", with what it has', (_, space) => {
  const searched = enumerate(
    {
      language: NUMBERS,
      domain: 'numbers',
      costs: COSTS,
      inputs: INPUTS,
      targets: [],
      goOn: () => true,
      found: () => undefined,
    },
    space,
  );
  expect(searched.end).toBe('memory');
  expect(searched.kept).toBeGreaterThan(40);
  const last = searched.kept - 1;
  expect(['I', 'L']).toContain(searched.type(last));
  expect(searched.outputs(last)).toEqual(
    naiveValues(searched.term(last), { language: NUMBERS, inputs: INPUTS }),
  );
});

test('the program that fills the memory and solves the last task counts as all found', () => {
  const first = searching(NUMBERS, COSTS, { goOn: (candidates) => candidates < 2_000 });
  const last = 299;
  const wanted = first.outputs(last);
  const searched = enumerate(
    {
      language: NUMBERS,
      domain: 'numbers',
      costs: COSTS,
      inputs: INPUTS,
      targets: [wanted],
      goOn: () => true,
      found: () => undefined,
    },
    workspace(last + 1, 3_000_000),
  );
  expect(searched.kept).toBe(last + 1);
  expect(searched.end).toBe('all-found');
});

test('a language with nothing left to make ends by itself', () => {
  const few = only('L', 'k', 'tail');
  const searched = searching(few, costsOf(few, uniformGrammar(few)));
  expect(searched.end).toBe('nothing-left');
  // L, k, and L without its first one to four.
  expect(searched.kept).toBe(2 + 4);
});
