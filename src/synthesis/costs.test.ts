/** Costs worked by hand from recursion2.md §1.3. */
import { expect, test } from 'vitest';
import { only } from '../../test/synthesis/small-languages.ts';
import { costsOf, grammarOf, learnedGrammar, NEVER, uniformGrammar } from './costs.ts';
import { readTerm } from './term.ts';

const LANGUAGE = only('L', 'tail', 'rev', 'k', 'len', 'plus');
const [L, TAIL, REV, K, LEN, PLUS] = [0, 1, 2, 3, 4, 5] as const;

test('uniform: 3 lists and 3 integers cost 2.5 · log2 3 = 3.96, rounded 4; other types never', () => {
  const costs = costsOf(LANGUAGE, uniformGrammar(LANGUAGE));
  expect([...(costs[TAIL]?.[0] ?? [])]).toEqual([4, 4, 4, NEVER, NEVER, NEVER]);
  expect([...(costs[PLUS]?.[1] ?? [])]).toEqual([NEVER, NEVER, NEVER, 4, 4, 4]);
  expect(costs[L]).toEqual([]);
});

test('learned from len(tail(L)) and len(L), with back-off 4 and half a use of credit', () => {
  const solutions = [readTerm(LANGUAGE, ['len', ['tail', 'L']]), readTerm(LANGUAGE, ['len', 'L'])];
  const grammar = learnedGrammar(LANGUAGE, solutions);
  // Credits of lists: L 2.5, tail 1.5, rev 0.5, together 4.5. Beneath len: L once, tail once.
  const beneathLen = [(1 + (4 * 2.5) / 4.5) / 6, (1 + (4 * 1.5) / 4.5) / 6, (4 * 0.5) / 4.5 / 6];
  [...beneathLen, 0, 0, 0].forEach((p, child) => {
    expect(grammar[LEN]?.[0]?.[child]).toBeCloseTo(p, 12);
  });
  // Nothing was seen beneath rev: the unigram alone.
  expect(grammar[REV]?.[0]?.[TAIL]).toBeCloseTo(1.5 / 4.5, 12);
  // 0.537, 0.389, 0.0741 → 2.24, 3.41, 9.39.
  expect([...(costsOf(LANGUAGE, grammar)[LEN]?.[0] ?? [])].slice(0, 3)).toEqual([2, 3, 9]);
});

test('every row of a learned grammar is a distribution over the children its type allows', () => {
  const grammar = learnedGrammar(LANGUAGE, [readTerm(LANGUAGE, ['plus', 'k', ['len', 'L']])]);
  LANGUAGE.primitives.forEach(({ args }, parent) => {
    args.forEach((type, slot) => {
      const row = grammar[parent]?.[slot] as Float64Array;
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      row.forEach((p, child) => {
        expect(p > 0).toBe(LANGUAGE.primitives[child]?.type === type);
      });
    });
  });
});

test('arguments of one parent are counted apart', () => {
  const grammar = learnedGrammar(LANGUAGE, [readTerm(LANGUAGE, ['plus', 'k', ['len', 'L']])]);
  const [first, second] = grammar[PLUS] as [Float64Array, Float64Array];
  expect(first[K]).toBeGreaterThan(second[K] as number);
  expect(second[LEN]).toBeGreaterThan(first[LEN] as number);
});

test('costs stay within 1 and 60, whatever the probability', () => {
  const extreme = uniformGrammar(LANGUAGE).map((rows) =>
    rows.map((row) => row.map((p) => (p > 0 ? 1 : 0))),
  );
  expect(costsOf(LANGUAGE, extreme)[TAIL]?.[0]?.[L]).toBe(1);
  const faint = extreme.map((rows) => rows.map((row) => row.map((p) => p * 1e-30)));
  expect(costsOf(LANGUAGE, faint)[TAIL]?.[0]?.[L]).toBe(60);
});

test('a mixture with the start keeps what the solutions never used within reach', () => {
  const much = Array.from({ length: 500 }, () => readTerm(LANGUAGE, ['len', ['tail', 'L']]));
  const learned = learnedGrammar(LANGUAGE, much);
  const start = uniformGrammar(LANGUAGE);
  const mixed = learned.map((rows, parent) =>
    rows.map((row, slot) =>
      row.map((p, child) => 0.75 * p + 0.25 * (start[parent]?.[slot]?.[child] ?? 0)),
    ),
  );
  // Beneath len, rev has 0.25 / 3 of a probability at least: 2.5 · log2 12 = 8.96.
  expect(costsOf(LANGUAGE, learned)[LEN]?.[0]?.[REV]).toBeGreaterThan(30);
  expect(costsOf(LANGUAGE, mixed)[LEN]?.[0]?.[REV]).toBe(9);
});

test('a grammar made of costs has these costs', () => {
  const costs = costsOf(LANGUAGE, learnedGrammar(LANGUAGE, [readTerm(LANGUAGE, ['len', 'L'])]));
  expect(costsOf(LANGUAGE, grammarOf(costs))).toEqual(costs);
});
