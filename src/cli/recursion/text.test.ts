import { expect, test } from 'vitest';
import type { Learned } from '../../improver/recursion/readings.ts';
import type { LineShown } from '../../improver/recursion/report.ts';
import { chart } from './chart.ts';
import { libraryTree } from './library.ts';

const line = (name: LineShown['line'], means: readonly number[]): LineShown => ({
  line: name,
  what: `what ${name} is`,
  held: means.map((mean, generation) => ({ generation, mean, interval: [mean, mean], n: 2 })),
  everyday: [],
});

test('each line has its letter where it was, all of one place beside each other', () => {
  const lines = [line('recursive', [20, 31, 40]), line('control', [20, 27, 28])];
  expect(chart(lines, 2).join('\n')).toMatchInlineSnapshot(`
    " 40 %|                   R
     36 %|
     32 %|          R
     28 %|          c        c
     24 %|
     20 %| Rc
         +---------------------------
           g0       g1       g2

      R  recursive         what recursive is
      c  control           what control is"
  `);
});

const learned = (name: string, over: Partial<Learned>): Learned => ({
  name,
  generation: Number(name[1]) + 1,
  body: 'len(#0)',
  expanded: 'len(#0)',
  calls: [],
  uses: 2,
  ...over,
});

test('the tree goes from what is built on to what builds on it; names are those people know', () => {
  const library = [
    learned('f0_0', { body: 'fold(add, #0)', known: 'sum', uses: 9 }),
    learned('f0_1', { body: 'map(sq, #0)' }),
    learned('f1_0', { body: 'idiv(f0_0(#0), len(#0))', calls: ['f0_0'], known: 'mean' }),
    learned('f2_0', { body: 'filter(gtc(f1_0(#0)), #0)', calls: ['f1_0'], known: 'above-mean' }),
  ];
  expect(libraryTree(library).join('\n')).toMatchInlineSnapshot(`
    "f0_0:sum = fold(add, x)  (generation 1, in 9 solutions)
       └─ f1_0:mean = idiv(f0_0:sum(x), len(x))  (generation 2, in 2 solutions)
          └─ f2_0:above-mean = filter(gtc(f1_0:mean(x)), x)  (generation 3, in 2 solutions)
    Built on primitives alone, and nothing on them:
    f0_1 = map(sq, x)  (generation 1, in 2 solutions)"
  `);
});
