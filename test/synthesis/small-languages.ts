/** Languages, inputs and random terms the tests of the synthesis share. */
import fc from 'fast-check';
import type { Language, Primitive, Term, ValueType } from '../../src/synthesis/language.ts';
import { bareLanguage, extended, language, primitiveNamed } from '../../src/synthesis/language.ts';
import type { Input } from '../../src/synthesis/memory.ts';
import { featureCount } from '../../src/synthesis/net/feature-count.ts';
import type { Net } from '../../src/synthesis/net/net.ts';
import { readTerm, type StoredTerm } from '../../src/synthesis/term.ts';

/** `args` as letters: `FL`. */
export function withAbstraction(
  from: Language,
  name: string,
  { args, body }: { readonly args: string; readonly body: StoredTerm },
): Language {
  const term = readTerm(from, body);
  const { type } = from.primitives[term.prim] as Primitive;
  return extended(from, [{ name, type, args: [...args] as ValueType[], body: term }]);
}

const LIBRARY: readonly (readonly [string, string, StoredTerm])[] = [
  ['mean', 'L', ['idiv', ['fold', 'add', '#0'], ['len', '#0']]],
  ['above', 'L', ['filter', ['gtc', ['mean', '#0']], '#0']],
  ['shareAbove', 'L', ['idiv', ['len', ['above', '#0']], ['len', '#0']]],
  ['twice', 'FL', ['map', '#0', ['map', '#0', '#1']]],
  ['runs', 'GL', ['zip', 'sub', ['scan', '#0', '#1'], ['tail', ['scan', '#0', '#1']]]],
  ['past', 'ILL', ['drop', '#0', ['zip', 'max', '#1', '#2']]],
  ['kth', 'L', ['nth', 'k', ['sort', '#0']]],
  ['squares', 'L', ['twice', 'sq', ['past', ['mean', '#0'], '#0', ['rev', '#0']]]],
];

/** All primitives and eight abstractions, of each kind of hole, calling each other three deep. */
export const rich: Language = LIBRARY.reduce(
  (from, [name, args, body]) => withAbstraction(from, name, { args, body }),
  bareLanguage('text'),
);

/** Some primitives of numbers, for searches that are counted by hand. */
export const only = (...names: readonly string[]): Language => {
  const bare = bareLanguage('numbers');
  const chosen = names.map((name) => bare.primitives[primitiveNamed(bare, name)] as Primitive);
  return language(chosen, bare);
};

const element = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -12, max: 25 }) },
  { weight: 2, arbitrary: fc.integer({ min: -1_000_000, max: 1_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 32, max: 122 }) },
);

export const inputs: fc.Arbitrary<readonly Input[]> = fc.array(
  fc.record({
    list: fc.oneof(
      { weight: 5, arbitrary: fc.array(element, { minLength: 1, maxLength: 9 }) },
      { weight: 1, arbitrary: fc.array(element, { maxLength: 24, size: 'max' }) },
    ),
    k: fc.integer({ min: -1, max: 4 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Programs of the language, at most `maxDepth` deep. */
export function programs(of: Language, maxDepth: number): fc.Arbitrary<Term> {
  const node =
    (type: ValueType) =>
    (tie: fc.LetrecLooselyTypedTie): fc.Arbitrary<unknown> => {
      const own = [...of.primitives.entries()].filter(([, one]) => one.type === type);
      const leavesFirst = own.sort(([, a], [, b]) => a.args.length - b.args.length);
      return fc.oneof(
        { maxDepth, depthIdentifier: 'term' },
        ...leavesFirst.map(([prim, { args }]) =>
          fc.tuple(...args.map((arg) => tie(arg))).map((made) => ({ prim, args: made })),
        ),
      );
    };
  const made = fc.letrec((tie) => ({
    I: node('I')(tie),
    L: node('L')(tie),
    F: node('F')(tie),
    P: node('P')(tie),
    G: node('G')(tie),
  }));
  return fc.oneof(made.I, made.L) as fc.Arbitrary<Term>;
}

/** A net that says of every task that these primitives are likely, and others are not. */
export function certainNet(of: Language, ...likely: readonly string[]): Net {
  const inputs = featureCount(of);
  const outputs = of.primitives.length;
  return {
    inputs,
    hidden: 1,
    outputs,
    first: new Float32Array(inputs),
    firstBias: new Float32Array(1),
    second: new Float32Array(outputs),
    secondBias: Float32Array.from(of.primitives, ({ name }) => (likely.includes(name) ? 4 : -6)),
    usual: new Float32Array(outputs).fill(0.1),
  };
}
