import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { forestArbitrary, SAMPLE_VOCABULARY } from '../testing/forest-arbitrary.ts';
import { encodeForest } from './codec.ts';
import type { Forest, Node } from './forest.ts';
import { apply, constant, variable } from './forest.ts';
import { parseTypeScript } from './parse.ts';
import { printTypeScript } from './print.ts';
import { alwaysFinite } from './semantics.ts';
import type { Vocabulary } from './vocabulary.ts';
import { checkVocabulary } from './vocabulary.ts';

const ONE: Vocabulary = {
  slots: [{ name: 'priority', inputs: ['item', 'slack'], result: 'real' }],
};
const [ITEM, SLACK] = [variable('item'), variable('slack')];

function one(tree: Node): Forest {
  return { slots: { priority: tree } };
}

function body(tree: Node): string {
  const source = printTypeScript(one(tree), ONE);
  return /return (?:finite\((.*)\)|(.*));/.exec(source)?.slice(1).join('') ?? source;
}

function refusal(source: string): string {
  try {
    parseTypeScript(source, ONE);
  } catch (error) {
    if (PacelineError.is(error) && error.code === 'SOURCE_UNSUPPORTED') {
      return `${String(error.data.line)}: ${String(error.data.construct)}`;
    }
    throw error;
  }
  return 'accepted';
}

/** A program whose whole expression is `expression`, which cannot overflow. */
function program(expression: string): string {
  return `export function priority(item: number, slack: number): number {\n  return ${expression};\n}\n`;
}

test('parsing a printed forest gives back its canonical bytes', () => {
  fc.assert(
    fc.property(forestArbitrary(), fc.string(), (forest, doc) => {
      const source = printTypeScript(forest, SAMPLE_VOCABULARY, doc);
      const back = parseTypeScript(source, SAMPLE_VOCABULARY);
      expect(encodeForest(back)).toBe(encodeForest(forest));
      expect(printTypeScript(back, SAMPLE_VOCABULARY, doc)).toBe(source);
    }),
    { numRuns: 200 },
  );
});

test('white space, comments and parentheses do not matter', () => {
  fc.assert(
    fc.property(forestArbitrary(), (forest) => {
      const source = printTypeScript(forest, SAMPLE_VOCABULARY)
        .replaceAll('(item', '( /* an ) input */ item')
        .replaceAll(' < ', '\n<  // less ( than\n ')
        .replace(/return ([^;{}]*);/g, 'return ((($1)));');
      const back = parseTypeScript(source, SAMPLE_VOCABULARY);
      expect(encodeForest(back)).toBe(encodeForest(forest));
    }),
    { numRuns: 100 },
  );
});

test('a program as a person sees it', () => {
  const axes = { xs: [0.1, 0.7], ys: [0, 5, 10], z: [1, 2, 3, -4, 5.5, 6] };
  const grid: Node = { op: 'grid', x: ITEM, y: SLACK, ...axes };
  const tree = apply('if', [
    apply('lt', [SLACK, constant(2)]),
    apply('-', [grid, apply('/', [SLACK, ITEM])]),
    apply('neg', [apply('sqrt', [SLACK])]),
  ]);
  expect(printTypeScript(one(tree), ONE, 'Best fit with a twist.\nScore */ 1.')).toMatchSnapshot();
});

test.each([
  [apply('-', [ITEM, apply('-', [ITEM, SLACK])]), 'item - (item - slack)'],
  [apply('-', [apply('-', [ITEM, SLACK]), ITEM]), 'item - slack - item'],
  [apply('*', [apply('+', [ITEM, SLACK]), ITEM]), '(item + slack) * item'],
  [apply('+', [apply('*', [ITEM, SLACK]), ITEM]), 'item * slack + item'],
  [apply('-', [ITEM, constant(-1)]), 'item - -1'],
  [apply('neg', [constant(1)]), '-(1)'],
  [apply('neg', [apply('neg', [ITEM])]), '-(-item)'],
  [apply('*', [apply('neg', [ITEM]), SLACK]), '-item * slack'],
  [apply('neg', [apply('*', [ITEM, SLACK])]), '-(item * slack)'],
])('parentheses are minimal: %#', (tree, text) => {
  expect(body(tree)).toBe(text);
  expect(encodeForest(parseTypeScript(printTypeScript(one(tree), ONE), ONE))).toBe(
    encodeForest(one(tree)),
  );
});

test('finite stands only where a result may overflow', () => {
  expect(alwaysFinite(apply('tanh', [constant(1)]))).toBe(true);
  expect(alwaysFinite(apply('tanh', [ITEM]))).toBe(false);
  expect(refusal(program('item'))).toContain('finite(…) belongs around');
});

test.each([
  ['a division sign', 'item / slack', '2: "/" is not part of the language'],
  ['a regular expression', '/(/', '2: "/" is not part of the language'],
  ['text', "'a'", `2: "'" is not part of the language`],
  ['a template', '`a`', '2: "`" is not part of the language'],
  ['a loop', '1; for (;;) {}', '2: "for" is not part of the language'],
  ['an arrow', '() => 1', '2: ">" is not part of the language'],
  ['a global', 'globalThis', '2: the name globalThis is not part of the language'],
  [
    'a prototype',
    'Math.constructor(1)',
    '2: Math.constructor with 1 arguments is not part of the language',
  ],
  ['another Math', 'Math.random()', '2: Math.random with 0 arguments is not part of the language'],
  ['a computed member', 'Math[1](1)', '2: this call with 1 arguments is not part of the language'],
  ['an optional call', 'Math.abs?.(1)', '2: ChainExpression is not part of the language'],
  ['type arguments', 'Math.abs<number>(1)', '2: ">" is not part of the language'],
  [
    'a bare root',
    'Math.sqrt(1)',
    '2: Math.sqrt of anything but Math.abs(…) is not part of the language',
  ],
  [
    'another cap',
    'Math.exp(Math.min(1, 21))',
    '2: Math.exp of anything but Math.min(…, 20) is not part of the language',
  ],
  ['a spread', 'Math.abs(...item)', '2: SpreadElement is not part of the language'],
  ['an assignment', '(item = 1)', '2: the nesting at "="'],
  ['a sequence', '(1, 2)', '2: SequenceExpression is not part of the language'],
  ['a power', '2 ** 2', '2: the operator ** is not part of the language'],
  ['a bare plus', '+1', '2: the operator + is not part of the language'],
  ['a hexadecimal', '0x10', '2: "0" is not part of the language'],
  ['an octal', '010', '2: "0" is not part of the language'],
  ['a big integer', '1n', '2: "1" is not part of the language'],
  ['a table that is not there', 'grid(TABLE_1, 1, 1)', '2: grid of anything but a declared table'],
  ['a lone helper', 'Math.tanh(square(1))', '2: finite(…) belongs around a real result'],
  ['a missing helper', 'finite(square(1))', '1: the helper square is used but not declared'],
  ['a bool', '1 < 2', '1: priority: the slot gives a real'],
  ['an infinite number', '1e999', '1: priority: every number is finite'],
])('the parser refuses %s', (_, expression, message) => {
  expect(refusal(program(expression))).toContain(message);
});

const GOOD = printTypeScript(
  one(apply('/', [{ op: 'grid', x: ITEM, y: SLACK, xs: [0], ys: [1], z: [2] }, ITEM])),
  ONE,
);

test.each([
  ['another helper body', 'n / d;', 'n * d;', 'the helper div is not the one'],
  ['an async slot', 'export function', 'export async function', 'is not part of the language'],
  [
    'a generator',
    'export function priority',
    'export function* priority',
    'does not have the form',
  ],
  ['a default', 'item: number, slack', 'item: number = 1, slack', 'the nesting at "="'],
  ['an optional input', 'slack: number)', 'slack?: number)', 'does not have the form'],
  [
    'swapped inputs',
    'item: number, slack: number',
    'slack: number, item: number',
    'does not have the form',
  ],
  ['another result', 'slack: number): number', 'slack: number): boolean', 'does not have the form'],
  [
    'a second statement',
    '  return finite',
    '  const a = 1;\n  return finite',
    'does not have the form',
  ],
  ['a return cut by a line end', 'return finite(', 'return\n  finite(', 'does not have the form'],
  ['a mutable table', 'const TABLE_1', 'let TABLE_1', 'not a table'],
  ['a table with another name', 'TABLE_1', 'TABLE_x', 'not a table'],
  ['a table with more', 'z: [', 'w: 1,\n  z: [', 'not a table'],
  ['a computed value', '    2,', '    1 + 1,', 'anything but plain numbers'],
  ['a hole', '    2,', '    ,', 'anything but plain numbers'],
  ['a side effect', 'export function', 'item;\nexport function', 'ExpressionStatement is not part'],
  ['an import', 'const TABLE_1', 'import x from y;\nconst TABLE_1', '"import" is not part'],
  [
    'another function',
    'export function',
    'function other() {}\nexport function',
    'other is not part',
  ],
  [
    'another slot',
    'export function priority',
    'export function other() {}\nexport function priority',
    'no slot is called other',
  ],
  [
    'a slot twice',
    'export function priority',
    `${program('1')}export function priority`,
    'declared twice',
  ],
  [
    'a nested function',
    '  return finite',
    '  function f() {}\n  return finite',
    'the nesting at "function"',
  ],
])('the parser refuses %s in a good program', (_, from, to, message) => {
  expect(refusal(GOOD)).toBe('accepted');
  const source = GOOD.replaceAll(from, to);
  expect(source).not.toBe(GOOD);
  expect(refusal(source)).toContain(message);
});

test('an unused helper is welcome, an unused table is not', () => {
  const helper = 'function square(v: number): number {\n  return v * v;\n}';
  expect(refusal(program('1') + helper)).toBe('accepted');
  const spare = GOOD.replace(
    'const TABLE_1',
    'const TABLE_2: Table = { xs: [0], ys: [0], z: [0] };\nconst TABLE_1',
  );
  expect(refusal(spare)).toContain('the table TABLE_2 is never used');
});

test('a source that would overflow or stall the native parser is refused before it is parsed', () => {
  const depth = 20_000;
  for (const [open, close] of [
    ['(', ')'],
    ['[', ']'],
    ['!', ''],
    ['item ? 1 : ', ''],
    ['item < ', ''],
    ['a<b,', ''],
    ['function a() { return ', '}'],
    ['1 + {a:', '}'],
  ] as const) {
    const source = program(`${open.repeat(depth)}1${close.repeat(depth)}`);
    expect(refusal(source), open).toMatch(/the nesting at|part of the language/);
  }
  // Read twice at each step by the native parser: 25 steps are minutes.
  expect(refusal(program(`${'item < (b = '.repeat(40)}1${')'.repeat(40)}`))).toContain('at "="');
  expect(refusal(program(`${'item < ({ [a'.repeat(40)}1`))).toContain('at "{"');
  expect(refusal(program(`${'item < ([a'.repeat(40)}1`))).toContain('at "["');
  expect(refusal(program('(1'))).toContain('the nesting at "}"');
  expect(refusal('const a = {')).toContain('a bracket is not closed');
  expect(refusal(' '.repeat(600_000))).toContain('the source is longer');
  expect(refusal(`${'while (item) '.repeat(depth)};`)).toContain('the nesting at');
  expect(refusal(program('1)'))).toContain('2: the nesting at ")" is too deep, unbalanced');
});

test('the deepest and the largest valid trees pass the guard', () => {
  const chain = (levels: number): Node =>
    levels === 1 ? constant(1) : apply('log1p', [chain(levels - 1)]);
  const wide = (levels: number): Node =>
    levels === 1
      ? apply('sqrt', [apply('neg', [ITEM])])
      : apply('+', [wide(levels - 1), wide(levels - 1)]);
  for (const tree of [chain(64), wide(6), apply('exp', [wide(6)])]) {
    const forest = one(tree);
    expect(encodeForest(parseTypeScript(printTypeScript(forest, ONE), ONE))).toBe(
      encodeForest(forest),
    );
  }
});

test.each(['div', 'return', 'Item', 'a_b', ''])(
  'the vocabulary cannot use the name "%s"',
  (name) => {
    const refused: Vocabulary = { slots: [{ name: 'priority', inputs: [name], result: 'real' }] };
    expect(() => checkVocabulary(refused)).toThrow(PacelineError);
  },
);
