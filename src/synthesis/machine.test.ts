/** Kernels over one memory compute what a naive interpreter does, and fail where it does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../test/synthesis/naive-language.ts';
import { naiveValues } from '../../test/synthesis/naive-language.ts';
import {
  inputs,
  only,
  programs,
  rich,
  withAbstraction,
} from '../../test/synthesis/small-languages.ts';
import type { Language, Term, Value } from './language.ts';
import { bareLanguage } from './language.ts';
import { fits } from './list-kernels.ts';
import { compute, machineOf, valueCells } from './machine.ts';
import type { Input } from './memory.ts';
import { readValues } from './memory.ts';
import { print, readTerm } from './term.ts';

function computed(
  language: Language,
  term: Term,
  given: readonly Input[],
): readonly Value[] | null {
  const cells = new Int32Array((language.primitives.length + 200) * valueCells(given.length));
  const machine = machineOf(language, given, cells);
  const at = compute(machine, term);
  if (at < 0) return null;
  return readValues(machine.memory, at, language.primitives[term.prim]?.type as 'I' | 'L');
}

const cases = fc.record({ term: programs(rich, 4), given: inputs });

const differs = (fault?: Fault): fc.RunDetails<[{ term: Term; given: readonly Input[] }]> =>
  fc.check(
    fc.property(cases, ({ term, given }) => {
      const wanted = naiveValues(term, {
        language: rich,
        inputs: given,
        ...(fault === undefined ? {} : { fault }),
      });
      expect(computed(rich, term, given)).toEqual(wanted);
    }),
    { numRuns: 800, seed: 7, endOnFailure: true },
  );

test('random programs, abstractions in abstractions among them, give what the naive interpreter gives', () => {
  const run = differs();
  expect(run.failed ? fc.defaultReportMessage(run) : 'all agree').toBe('all agree');
});

test('the random programs are worth trying: defined or not, lists or integers, by abstraction or not', () => {
  const seen = { defined: 0, undefined: 0, lists: 0, nested: 0 };
  for (const { term, given } of fc.sample(cases, { numRuns: 1_000, seed: 7 })) {
    const values = naiveValues(term, { language: rich, inputs: given });
    seen[values === null ? 'undefined' : 'defined'] += 1;
    if (values !== null && typeof values[0] !== 'number') seen.lists += 1;
    if (values !== null && /squares|shareAbove/.test(print(rich, term))) seen.nested += 1;
  }
  expect(Math.min(seen.defined, seen.undefined, seen.lists)).toBeGreaterThan(100);
  expect(seen.nested).toBeGreaterThan(10);
});

const FAULTS: Readonly<Record<string, Fault>> = {
  'take of a negative number is empty': {
    take: (n: number, list: number[]) => list.slice(0, Math.max(0, n)),
  },
  'division rounds to zero': {
    idiv: (a: number, b: number) => (b === 0 ? null : Math.trunc(a / b)),
  },
  'the head of nothing is 0': { head: (list: number[]) => list[0] ?? 0 },
  'nth counts from 1': { nth: (n: number, list: number[]) => list[n - 1] ?? null },
  'a fold may pass the limit on its way': {
    fold: (g: (x: number, y: number) => number, list: number[]) =>
      list.length === 0 ? null : list.reduce((x, y) => g(x, y)),
  },
  'uniq keeps the last': { uniq: (list: number[]) => [...new Set(list.toReversed())].toReversed() },
  'sort is of texts': { sort: (list: number[]) => list.toSorted() },
};
test.each(Object.entries(FAULTS))('a planted fault is seen: %s', (_, fault) => {
  expect(differs(fault).failed).toBe(true);
});

const NUMBERS = bareLanguage('numbers');
const large: readonly Input[] = [{ list: [1_000_000, -1_000_000], k: 1000 }];
test.each([
  [['map', 'inc', 'L'], null],
  [['map', 'dec', 'L'], null],
  [['map', 'neg', 'L'], [[-1_000_000, 1_000_000]]],
  [['times', 'k', 'k'], [1_000_000]],
  [['plus', '1', ['times', 'k', 'k']], null],
  [['fold', 'sub', 'L'], null],
  [['fold', 'add', 'L'], [0]],
  [['scan', 'mul', 'L'], null],
  [['zip', 'max', 'L', ['rev', 'L']], [[1_000_000, 1_000_000]]],
] as const)('a magnitude of 1e6 is the last that is a value: %j', (stored, wanted) => {
  expect(computed(NUMBERS, readTerm(NUMBERS, stored), large)).toEqual(wanted);
});

test('a list of 24 is computed whole, and its neighbours on other examples stay whole too', () => {
  const list = Array.from({ length: 24 }, (_, i) => 24 - i);
  const given = [
    { list, k: 1 },
    { list: [5], k: 1 },
    { list, k: 1 },
  ];
  const sorted = list.toSorted((a, b) => a - b);
  expect(computed(NUMBERS, readTerm(NUMBERS, ['sort', 'L']), given)).toEqual([sorted, [5], sorted]);
});

test.each([
  [{ length: 24, x: 1_000_000 }, true],
  [{ length: 25, x: 0 }, false],
  [{ length: 1, x: 1_000_001 }, false],
  [{ length: 1, x: 0.5 }, false],
] as const)('an input of %j fits: %s', ({ length, x }, isFit) => {
  expect(fits(new Array<number>(length).fill(x))).toBe(isFit);
});

test('one undefined example makes the whole value undefined', () => {
  const given = [
    { list: [1], k: 1 },
    { list: [], k: 1 },
  ];
  expect(computed(NUMBERS, readTerm(NUMBERS, ['head', 'L']), given)).toBeNull();
});

test('a primitive without a kernel is refused by name', () => {
  const odd = { ...only('L'), primitives: [{ name: 'mystery', type: 'L', args: ['L'] } as const] };
  expect(() => machineOf(odd, large, new Int32Array(1000))).toThrow(/No kernel computes "mystery"/);
});

test('an abstraction that is its own argument, or a constant, computes nothing and is refused', () => {
  const bare = only('L', 'tail');
  expect(() => withAbstraction(bare, 'same', { args: 'L', body: 'L' })).toThrow(/computes nothing/);
});
