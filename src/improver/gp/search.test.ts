import { describe, expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { constant, type Forest, variable } from '../../lang/forest.ts';
import { evaluateSlot } from '../../lang/interpret.ts';
import { LINES } from './lines.ts';
import { clockMeter, type Prices, pricedMeter } from './meter.ts';
import { type Ask, answer, type Found, search } from './search.ts';
import type { Subject } from './subject.ts';

const PRICES: Prices = { evaluation: 1, node: 0, hash: 0.01, child: 0.01 };
const rows = {
  length: 24,
  columns: { x: Float64Array.from({ length: 24 }, (_, i) => i / 12 - 1) },
};

/** x² + x from x: a cost of 0 can be reached. */
const subject: Subject = {
  name: 'parabola',
  vocabulary: { slots: [{ name: 'value', inputs: ['x'], result: 'real' }] },
  start: { slots: { value: variable('x') } },
  situations: { rows, groupSize: 1, valued: ['value'] },
  isGrown: true,
  prices: PRICES,
};

function costOf({ forest }: Pick<Ask, 'forest'>): number {
  const values = evaluateSlot(forest, 'value', rows);
  const x = rows.columns.x;
  return values.reduce(
    (sum, value, i) => sum + Math.abs(value - (x[i] ?? 0) ** 2 - (x[i] ?? 0)),
    0,
  );
}

interface Options {
  readonly improver?: Forest;
  readonly of?: Subject;
  readonly budget?: number;
  readonly seed?: number;
}

function run({ improver = LINES.expert, of = subject, budget = 60, seed = 0 }: Options = {}) {
  const asks: Ask[] = [];
  const meter = pricedMeter(budget);
  const rng = publicRoot('search').stream(seed, 'test');
  const found = answer(search({ improver, subject: of, meter, rng }), (ask) => {
    asks.push(ask);
    return costOf(ask);
  }) as Found;
  return { found, asks, spent: meter.spent() };
}

const withSlots = (base: Forest, numbers: Readonly<Record<string, number>>): Forest => ({
  slots: {
    ...base.slots,
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, constant(value)])),
  },
});
const NONE = {
  varyCrossover: 0,
  varySubtree: 0,
  varyPoint: 0,
  varyConstant: 0,
  varyWrap: 0,
  varyShrink: 0,
  varyJitter: 0,
  varyGraft: 0,
};
/** A tree of one leaf has nothing to hoist: every child is its parent. */
const IDLE = withSlots(LINES.expert, { ...NONE, varyHoist: 1, seedShare: 1 });

test('finds something better than the start, and repeats to the digest', () => {
  const { found } = run();
  expect(found.best.cost).toBeLessThan(costOf({ forest: subject.start }));
  expect(run().found).toEqual(found);
  expect(run({ seed: 1 }).found.digest).not.toBe(found.digest);
});

test('keeps to its budget, but for the evaluation that is under way', () => {
  for (const budget of [1, 7, 60]) expect(run({ budget }).spent).toBeLessThan(1 + 1.02 / budget);
});

test('pays for the nodes of what it evaluates', () => {
  const dear = { ...subject, prices: { ...PRICES, node: 1 } };
  expect(run({ of: dear }).found.evals).toBeLessThan(run().found.evals);
});

test('de-duplication rejects unmeasured what decides as one before', () => {
  const keyless = run({ budget: 200 });
  const keyed = run({ budget: 200, improver: LINES['expert + de-duplication'] });
  const different = ({ asks }: typeof keyed) => new Set(asks.map(costOf)).size / asks.length;
  expect(different(keyed)).toBeGreaterThan(different(keyless));
  expect(keyed.found.rejected).toBeGreaterThan(0);
});

test('children that are ranked are made several at a time, and paid for', () => {
  const ranking = withSlots(LINES.expert, { proposals: 6, nearest: 1 });
  const { found } = run({ improver: ranking });
  expect(found.considered).toBeGreaterThan(4 * found.evals);
});

test('the twin comes first, takes its share and hands on its best', () => {
  const cheap = { ...PRICES, evaluation: 0.05 };
  const paired = { ...subject, twin: { ...subject, name: 'small', prices: cheap } };
  const improver = LINES['expert + de-duplication + twin'];
  const { asks, found } = run({ of: paired, improver, budget: 100 });
  const small = asks.filter((ask) => ask.subject.name === 'small');
  const rest = asks.filter((ask) => ask.subject.name === 'parabola');
  expect(asks.slice(0, small.length)).toEqual(small);
  expect(small.length).toBeGreaterThan(100);
  expect(rest.length).toBe(found.evals);
  expect(rest.length).toBeGreaterThan(50);
  const best = small.reduce((one, other) => (costOf(other) < costOf(one) ? other : one));
  expect(rest.slice(0, 9).map(({ text }) => text)).toContain(best.text);
});

describe('ends', () => {
  test('a search that makes nothing new says so, however large its budget', () => {
    const free = { ...subject, prices: { ...PRICES, child: 0 } };
    expect(run({ of: free, improver: IDLE, budget: 1e9 }).found.end).toBe('exhausted');
  });

  test('one that pays for children ends by its budget', () => {
    expect(run({ improver: IDLE, budget: 10 }).found.end).toBe('budget');
  });

  test('a clock ends one that prices would let go on', () => {
    let now = 0;
    const meter = clockMeter(5, () => now);
    const rng = publicRoot('clock').stream(0, 'test');
    let asked = 0;
    answer(search({ improver: LINES.expert, subject, meter, rng }), (ask) => {
      now += 1;
      asked += 1;
      return costOf(ask);
    });
    expect(asked).toBe(5);
  });

  test('a start without a cost is no start', () => {
    const rng = publicRoot('none').stream(0, 'test');
    const request = { improver: LINES.expert, subject, meter: pricedMeter(10), rng };
    expect(answer(search(request), () => null)).toBeUndefined();
  });
});

test('what has no cost is never the best', () => {
  const rng = publicRoot('nan').stream(0, 'test');
  const meter = pricedMeter(60);
  let asked = 0;
  const found = answer(search({ improver: LINES.expert, subject, meter, rng }), () =>
    asked++ === 0 ? 1 : Number.NaN,
  );
  expect(found?.best.text).toBe('{"value":["v","x"]}');
  expect(found?.survivors).toHaveLength(1);
});
