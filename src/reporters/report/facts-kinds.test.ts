import { expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import type { Fact } from './fact.ts';
import { addKindFacts, kindRows } from './facts-kinds.ts';
import { phraseText } from './phrase.ts';
import { newTally, type PromotionTally, type Tally } from './tally.ts';

interface Change {
  readonly kind: 'tune' | 'sort';
  readonly gain: number;
  readonly evals: number;
}

/** Promotions one after another, each of the last one's text with another constant, or another call. */
function tallyOf(changes: readonly Change[]): Tally {
  const texts = { tune: (n: number) => `x = ${n}`, sort: (n: number) => `xs.sort${n}()` };
  let spent = 0;
  const state = { tune: 'x = 0', sort: 'xs' };
  const textNow = () => JSON.stringify({ files: { 'a.ts': state.tune, 'b.ts': state.sort } });
  const originText = textNow();
  const promotions = changes.map(({ kind, gain, evals }, at) => {
    state[kind] = texts[kind](at + 1);
    spent += evals;
    return {
      promoted: { seq: 3 + 2 * at, trial: 10 * at, body: { gain, atEvals: spent } },
      settled: { seq: 2 + 2 * at, body: { operator: kind, text: textNow() } },
    } as unknown as PromotionTally;
  });
  const opened = { seq: 1, body: { originText } } as Tally['opened'];
  return { ...newTally(), opened, promotions };
}

function rowOf(changes: readonly Change[]): string {
  const book = new Map<string, Fact>();
  addKindFacts(tallyOf(changes), (fact) => void book.set(fact.id, fact));
  return kindRows(book)
    .map(({ phrase }) => phraseText(phrase))
    .join();
}

const rng = publicRoot('promotions').stream(0, 'gains');
const some = (n: number, kind: Change['kind'], evals = 100): Change[] =>
  Array.from({ length: n }, () => ({ kind, gain: Math.exp(0.3 * rng.normal()), evals }));

test('of too few promotions it says so, and nothing else', () => {
  expect(rowOf(some(8, 'tune'))).toMatch(/^8 promotions in 1 group .*too few .*at least 9\)$/);
});

test('more of the same at the same rate is called that', () => {
  expect(rowOf(some(14, 'tune'))).toMatch(/no new mechanism: more of the same; no change of gain/);
});

test('planted: a new kind from the ninth promotion on is flagged with its evidence, and no rate', () => {
  const row = rowOf([...some(8, 'tune'), ...some(5, 'sort')]);
  expect(row).toMatch(
    /NEW MECHANISM from trial 80 on: 5 promotions, likeness to the nearest before/,
  );
  expect(row).toMatch(/chance so late 0\.00/);
  expect(row).toContain('no change of gain per evaluation');
});

test('planted: the same kind at a tenth of the cost is a change of rate, and of no kind', () => {
  const row = rowOf([...some(9, 'tune', 1000), ...some(9, 'tune', 100)]);
  expect(row).toContain('no new mechanism');
  expect(row).toMatch(/gain per evaluation changed at trial 90 \(p 0\.00/);
});

test('a gain that is not positive has no rate', () => {
  expect(rowOf([...some(9, 'tune'), { kind: 'tune', gain: 0, evals: 5 }])).toContain(
    'of the rate nothing can be said',
  );
});
