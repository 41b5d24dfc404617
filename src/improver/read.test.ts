/** What is no improver is refused in one sentence; what is one comes back as it was. */
import { expect, test } from 'vitest';
import { certainNet } from '../../test/synthesis/small-languages.ts';
import type { Json } from '../core/json.ts';
import { costsOf } from '../synthesis/costs.ts';
import { expertGrammar, expertLanguage } from '../synthesis/expert.ts';
import { storeNet } from '../synthesis/net/stored.ts';
import { bareImprover, type Improver, improverId } from './artifact.ts';
import { diffImprovers } from './diff.ts';
import { readImprover } from './read.ts';
import { partsOf, solverOf } from './solver.ts';

const expertSolver = () => {
  const language = expertLanguage();
  return { generation: 0, language, grammar: expertGrammar(language) };
};
const expert: Improver = { ...bareImprover('numbers'), ...partsOf(expertSolver()) };
const copy = (): Record<string, never> => JSON.parse(JSON.stringify(expert));

test('a solver kept and read again has the same language and the same costs', () => {
  const read = solverOf(readImprover(copy(), 'x', improverId(expert)));
  const first = expertSolver();
  expect(read.language.primitives).toEqual(first.language.primitives);
  expect(costsOf(read.language, read.grammar)).toEqual(costsOf(first.language, first.grammar));
});

const ALTERED: Readonly<Record<string, (improver: Record<string, never>) => unknown>> = {
  'says "paceline/improver/9"': (one) => ({ ...one, schema: 'paceline/improver/9' }),
  'names no schema': () => null,
  'was altered': (one) => ({ ...one, lessons: ['trust me'] }),
  'generation 0 has no parent': (one) => ({ ...one, generation: 2 }),
  'costs have none for "inc"': (one) => without(one, 'map', 'inc'),
  'Invalid input': (one) => withCost(one, null),
  'Too big': (one) => withCost(one, 61),
  'No primitive or abstraction is called "teleport"': (one) =>
    withBody(one, 0, ['teleport', '#0'] as Json),
  '"fold" takes 2 arguments, 1 are given': (one) => withBody(one, 0, ['fold', 'add'] as Json),
  'L is L where G is needed': (one) => withBody(one, 0, ['fold', 'L', '#0'] as Json),
  'is L where I is needed': (one) => withBody(one, 0, ['sort', '#0'] as Json),
  'its hole #0 is never used': (one) => withBody(one, 0, ['fold', 'add', 'L'] as Json),
  '#1 is not among its arguments': (one) => withBody(one, 0, ['fold', 'add', '#1'] as Json),
  'net cannot be used': (one) => ({ ...one, net: { schema: 'paceline/net/1' } }),
  'slots: ': (one) => ({ ...one, slots: { population: ['v', 'password'] } }),
  'slots.learnt: must be a list of studies': (one) => ({
    ...one,
    slots: { learnt: 'from everybody' },
  }),
  'No primitive or abstraction is called "mean"': (one) => withBody(one, 0, ['mean', '#0'] as Json),
};

test.each(Object.entries(ALTERED))('refused: %s', (words, alter) => {
  expect(() => readImprover(alter(copy()), 'solver.json', improverId(expert))).toThrow(
    words === 'was altered' ? words : /./,
  );
  // Whoever forges the id too is found by what it says.
  const altered = alter(copy()) as Improver;
  const own = words === 'was altered' ? improverId(expert) : undefined;
  expect(() => readImprover(altered, 'solver.json', own)).toThrow(words);
});

function withBody(one: Record<string, never>, at: number, body: Json): unknown {
  const library = (one['library'] as unknown as { body: Json }[]).map((abstraction, index) =>
    index === at ? { ...abstraction, body } : abstraction,
  );
  return { ...one, library };
}

type Costs = Record<string, Record<string, number | null>[]>;

function withCost(one: Record<string, never>, cost: number | null): unknown {
  const costs = structuredClone(one['costs']) as unknown as Costs;
  const [row] = costs['map'] as [Record<string, number | null>];
  row['inc'] = cost;
  return { ...one, costs };
}

function without(one: Record<string, never>, parent: string, child: string): unknown {
  const costs = structuredClone(one['costs']) as unknown as Costs;
  delete costs[parent]?.[0]?.[child];
  return { ...one, costs };
}

test('abstractions that double each other are refused before they are written out', () => {
  const doubling = Array.from({ length: 40 }, (_, at) => ({
    name: `x${at}`,
    type: 'I' as const,
    args: ['I' as const],
    body:
      at === 0
        ? (['plus', '#0', '#0'] as const)
        : (['plus', [`x${at - 1}`, '#0'], [`x${at - 1}`, '#0']] as const),
  }));
  const bomb = { ...bareImprover('numbers'), library: doubling };
  expect(() => readImprover(bomb, 'bomb.json')).toThrow('nodes written out, more than 10000');
});

test('so are those that fill a hole in two places, though each is short', () => {
  const doubling = Array.from({ length: 6 }, (_, at) => ({
    name: `x${at}`,
    type: 'I' as const,
    args: ['I' as const],
    body:
      at === 0 ? (['plus', '#0', '#0'] as const) : ([`x${at - 1}`, [`x${at - 1}`, '#0']] as const),
  }));
  const bomb = { ...bareImprover('numbers'), library: doubling };
  // Copies of the hole are 2, 4, 16, 256, 65536: the square of those before, and one node less between them.
  expect(() => readImprover(bomb, 'bomb.json')).toThrow('"x4" has 131071 nodes written out');
});

test('text that could move a cursor or forge a line is refused', () => {
  const forged = { ...bareImprover('numbers'), lessons: ['fine\nGeneration 9 promoted'] };
  expect(() => readImprover(forged, 'forged.json')).toThrow('without control characters');
});

const NET = { version: 1, inputs: 2, hidden: 1, weights: [1, 1, 0, 1, 0], trials: 9, better: 3 };
const tasteOf = (net: object) => ({ taste: { schema: 'paceline/taste/1', forests: net } });

test.each<readonly [string, object]>([
  ['another number of weights', tasteOf({ ...NET, weights: [1] })],
  ['more were better than were tried', tasteOf({ ...NET, better: 10 })],
  ['Invalid input', tasteOf({ ...NET, weights: [1, 1, 0, 1, null] })],
  ['Too big', tasteOf({ ...NET, weights: [1, 1, 0, 1, 1e9] })],
  ['must be paceline/taste/1', { taste: { schema: 'paceline/taste/9' } }],
  ['{{secret}} is no placeholder', { prompts: { edit: 'print {{secret}}' } }],
  ['no prompt of that name', { prompts: { poem: 'x' } }],
])('a slot that cannot be used is refused: %s', (words, slot) => {
  const planted = JSON.parse(JSON.stringify({ ...bareImprover('numbers'), ...slot }));
  expect(() => readImprover(planted, 'planted.json')).toThrow(words);
});

test('a taste and a prompt that fit are read', () => {
  const good = { ...bareImprover('numbers'), ...tasteOf(NET), prompts: { task: '{{task}}' } };
  expect(readImprover(JSON.parse(JSON.stringify(good)), 'good.json').taste?.forests).toEqual(NET);
});

const withNet = (change: (net: Record<string, unknown>) => unknown = (net) => net): Improver => {
  const stored = storeNet(certainNet(expertSolver().language, 'fold'), {
    dreams: 9_000,
    tasks: 80,
    updates: 40_000,
  });
  return { ...copy(), net: change({ ...stored }) } as unknown as Improver;
};

test('a net is read with its improver, and a diff says in words what it is', () => {
  const improver = readImprover(withNet(), 'net.json');
  expect(solverOf(improver).net).toEqual(certainNet(expertSolver().language, 'fold'));
  const { net, changed } = diffImprovers(expert, improver);
  expect(changed).toEqual(['net']);
  expect(net.from).toBeNull();
  expect(net.to).toMatch(/1 units, 63 primitives, \d+ weights; trained on 9000 programs/);
});

test.each<[string, (net: Record<string, unknown>) => unknown]>([
  ['cannot be used', () => 'a net'],
  ['checksum', (net) => ({ ...net, float32: 'AAAA'.repeat(String(net['float32']).length / 4) })],
  ['of another library', (net) => ({ ...net, shape: { inputs: 3, hidden: 1, outputs: 2 } })],
  ['trained', (net) => ({ ...net, trained: { dreams: -1, tasks: 0, updates: 0 } })],
])('an improver whose net is altered is refused at the door: %s', (words, change) => {
  expect(() => readImprover(withNet(change), 'net.json')).toThrow(words);
});

test.each(['slots', 'net', 'library', 'vocabulary'])(
  'planted: %s nested without end is refused in words, not by the end of the stack',
  (part) => {
    const levels = 20_000;
    const deep = JSON.parse(`${'["sin",'.repeat(levels)}"#0"${']'.repeat(levels)}`);
    const abstraction = { name: 'm', type: 'real', args: ['real'], body: deep };
    const value = {
      slots: { a: deep },
      net: deep,
      library: [abstraction],
      vocabulary: [abstraction],
    };
    const hostile = { ...bareImprover('numbers'), [part]: value[part as keyof typeof value] };
    expect(() => readImprover(hostile, 'x')).toThrow('nested deeper than 200 levels');
  },
);
