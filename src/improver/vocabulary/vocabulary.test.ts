/** What is mined from expressions and what may be read: worked by hand, and every fault planted. */
import { expect, test } from 'vitest';
import { encodeForest } from '../../lang/codec.ts';
import { apply, constant, type Forest, type Node, variable } from '../../lang/forest.ts';
import { instantiate } from '../../lang/macro.ts';
import {
  bareImprover,
  type Improver,
  improverId,
  MOST_MACROS,
  type StoredMacro,
} from '../artifact.ts';
import { diffImprovers } from '../diff.ts';
import { readImprover } from '../read.ts';
import { minedMacros, withMacrosAdded } from './mine.ts';
import { LARGEST_MACRO, macrosOf, vocabularyGraph } from './read.ts';

const bare = bareImprover('numbers');
const x = variable('x');
const forest = (tree: Node): Forest => ({ slots: { f: tree } });

/** tanh(sq(a) − 3·sq(b)): seven nodes of its own and two holes. */
const bump = (a: Node, b: Node): Node =>
  apply('tanh', [apply('-', [apply('sq', [a]), apply('*', [constant(3), apply('sq', [b])])])]);

const found = (...trees: readonly (readonly [task: string, search: string, tree: Node])[]) =>
  trees.map(([task, search, tree]) => ({ task, search, program: forest(tree) }));

const SHARED = found(
  ['one', 'a', bump(x, constant(1))],
  ['two', 'b', apply('abs', [bump(variable('y'), variable('z'))])],
  ['three', 'c', bump(constant(5), variable('u'))],
);

const [BUMP] = minedMacros(bare, SHARED, { most: 1 });

test('what three tasks share is named, with the saving worked by hand', () => {
  // Own nodes 6, holes 2: a use of n nodes saves n − 1 − (n − 6) − 2 = 3; the definition has 8.
  expect(BUMP).toEqual({
    name: 'v1_0',
    type: 'real',
    args: ['real', 'real'],
    body: ['tanh', ['-', ['sq', '#0'], ['*', 3, ['sq', '#1']]]],
    mined: { saving: 3 * 3 - 8, uses: 3, tasks: 3 },
  });
});

test('relatives share nothing that counts: neither within a search nor within a task', () => {
  const two = [bump(x, constant(1)), apply('abs', [bump(x, constant(1))])] as const;
  const many = Array.from({ length: 9 }, (_, at) => apply('+', [two[0], constant(at)]));
  const inherited = found(...many.map((tree) => ['one', 'a', tree] as const), [
    'two',
    'b',
    bump(variable('y'), variable('z')),
  ]);
  expect(minedMacros(bare, inherited, { most: 6 })).toEqual([]);
  const searches = found(...many.map((tree, at) => ['one', `search ${at}`, tree] as const));
  expect(minedMacros(bare, searches, { most: 6 })).toEqual([]);
});

test('an input that both have stays, and is named as such', () => {
  const shared = (b: Node): Node => bump(variable('slack'), b);
  const kept = minedMacros(
    bare,
    found(
      ['one', 'a', shared(constant(1))],
      ['two', 'b', shared(constant(2))],
      ['three', 'c', shared(variable('y'))],
    ),
    { most: 1 },
  );
  expect(kept[0]?.body).toEqual(['tanh', ['-', ['sq', '$slack'], ['*', 3, ['sq', '#0']]]]);
  expect(macrosOf({ vocabulary: kept.slice() })[0]?.inputs).toEqual(['slack']);
});

test('the next generation finds what calls it, never the same again', () => {
  const first = withMacrosAdded(bare, [BUMP as StoredMacro], null);
  expect(minedMacros(first, SHARED, { most: 6 })).toEqual([]);
  const twice = (a: Node): Node => apply('exp', [bump(bump(a, x), bump(x, a))]);
  const deeper = found(
    ['one', 'a', twice(constant(1))],
    ['two', 'b', twice(variable('y'))],
    ['three', 'c', twice(constant(4))],
  );
  const [next] = minedMacros(first, deeper, { most: 1 });
  expect(JSON.stringify(next?.body)).toContain('v1_0');
  const second = withMacrosAdded(first, [next as StoredMacro], null);
  expect(second).toMatchObject({ generation: 2, parent: improverId(first) });
  const [, macro] = macrosOf(readImprover(JSON.parse(JSON.stringify(second)), 'x'));
  // Written out it is the program it was found in.
  expect(encodeForest(forest(instantiate(macro as never, [constant(4)])))).toBe(
    encodeForest(deeper[2]?.program as Forest),
  );
  const [node] = diffImprovers(first, second).vocabulary.added;
  expect(node?.expanded).toContain('Math.exp(Math.min(Math.tanh(square(Math.tanh(');
  expect(vocabularyGraph(second).map(({ calledBy }) => calledBy)).toEqual([['v2_0'], []]);
});

test('planted: a full vocabulary takes no more, so what is mined can be read', () => {
  const filler = Array.from({ length: MOST_MACROS }, (_, at) => ({
    name: `m${at}`,
    type: 'real' as const,
    args: ['real' as const],
    body: ['exp', ['abs', ['+', '#0', at]]] as ['exp', ['abs', ['+', string, number]]],
  }));
  expect(minedMacros(withMacrosAdded(bare, filler, null), SHARED, { most: 6 })).toEqual([]);
  const nearly = withMacrosAdded(bare, filler.slice(1), null);
  const macros = minedMacros(nearly, SHARED, { most: 6 });
  const full = readImprover(JSON.parse(JSON.stringify(withMacrosAdded(nearly, macros, null))), 'x');
  expect(full.vocabulary).toHaveLength(MOST_MACROS);
});

test('an improver without a vocabulary has the id it had before there were any', () => {
  expect(improverId(bare)).toBe(
    'sha256:44498782cbac693bdb4d2819028e1ad6237a88e4d5fac3ec81a6820b6acbb143',
  );
});

const macro = (body: unknown, more: Partial<StoredMacro> = {}): unknown => ({
  ...bare,
  vocabulary: [{ name: 'm', type: 'real', args: ['real'], body, ...more }],
});

const doubled = (count: number): unknown => ({
  ...bare,
  vocabulary: Array.from({ length: count }, (_, at) => ({
    name: `m${at}`,
    type: 'real',
    args: ['real'],
    body: at === 0 ? ['+', '#0', '#0'] : [`m${at - 1}`, [`m${at - 1}`, '#0']],
  })),
});

const nested = (levels: number): unknown => (levels === 0 ? '#0' : ['sin', nested(levels - 1)]);

test.each([
  ['No primitive or abstraction is called "teleport"', macro(['teleport', '#0'])],
  ['No primitive or abstraction is called "m"', macro(['sin', ['m', '#0']])],
  ['No primitive or abstraction is called "NaN"', macro(['+', '#0', 'NaN'])],
  ['No primitive or abstraction is called "1"', macro(['+', '#0', '1'])],
  ['No primitive or abstraction is called "$a b"', macro(['+', '#0', '$a b'])],
  ['Invalid input', macro(['+', '#0', Number.NaN])],
  ['Invalid input', macro(['+', '#0', null])],
  ['Invalid input', macro(['+', '#0', JSON.parse('1e999')])],
  ['at most 1e300', macro(['+', '#0', 1e301])],
  ['"+" takes 2 arguments, 1 are given', macro(['+', '#0'])],
  ['lt is bool where real is needed', macro(['lt', '#0', 1])],
  ['#0 is real where bool is needed', macro(['not', '#0'], { type: 'bool' })],
  ['its hole #1 is never used', macro(['sin', '#0'], { args: ['real', 'real'] })],
  ['computes nothing', macro('#0')],
  ['The name "min" is in the language already', macro(['sin', '#0'], { name: 'min' })],
  ['calls a macro "5"', macro(['sin', '#0'], { name: '5' })],
  ['vocabulary: ', { ...bare, vocabulary: [] }],
  [
    `${LARGEST_MACRO + 1} nodes written out, more than ${LARGEST_MACRO}`,
    macro(nested(LARGEST_MACRO)),
  ],
  ['"m3" has 511 nodes written out', doubled(5)],
  ['Unrecognized key', macro(['sin', '#0'], { more: 1 } as never)],
])('refused: %s', (words, improver) => {
  expect(() => readImprover(improver, 'x')).toThrow(words);
});

test('one as large as may be is read', () => {
  const [largest] = macrosOf(readImprover(macro(nested(LARGEST_MACRO - 1)), 'x') as Improver);
  expect(largest?.takes).toEqual(['real']);
});
