/** A solver without an abstraction says the same of every program. */
import { expect, test } from 'vitest';
import { ablated } from './ablation.ts';
import { learnedGrammar } from './costs.ts';
import { expertLanguage } from './expert.ts';
import { compute, machineOf } from './machine.ts';
import { readValues } from './memory.ts';
import { print, readTerm } from './term.ts';

const INPUTS = [
  { list: [3, -1, 7, 7, 0], k: 2 },
  { list: [5, 4, -3, 9], k: 1 },
];
const language = expertLanguage();
const grammar = learnedGrammar(language, []);

test.each(['sum', 'mean', 'desc', 'range'])('without %s', (name) => {
  const without = ablated({ language, grammar }, language.index.get(name) as number);
  expect(without.language.index.has(name)).toBe(false);
  expect(without.grammar).toHaveLength(language.primitives.length - 1);
  for (const stored of [
    ['minus', ['mean', ['top', 'k', 'L']], ['sumBy', 'abs', 'L']],
    ['minusAll', ['range', 'L'], ['desc', 'L']],
  ] as const) {
    const term = readTerm(language, stored as never);
    const rewritten = without.rewrite(term);
    expect(print(without.language, rewritten)).not.toContain(name === 'sum' ? 'sum(' : `${name}(`);
    expect(valueOf(without.language, rewritten)).toEqual(valueOf(language, term));
  }
});

function valueOf(of: typeof language, term: ReturnType<typeof readTerm>) {
  const machine = machineOf(of, INPUTS, new Int32Array(100_000));
  const type = of.primitives[term.prim]?.type as 'I' | 'L';
  return readValues(machine.memory, compute(machine, term), type);
}
