/** The net learns what can be learnt, repeats from its seed, and its JSON form refuses what was altered. */
import { expect, test } from 'vitest';
import { only } from '../../../test/synthesis/small-languages.ts';
import { thorough } from '../../../test/thorough.ts';
import { sha256 as sha256Of } from '../../core/hash.ts';
import { publicRoot } from '../../core/rng.ts';
import { costsOf, NEVER, uniformGrammar } from '../costs.ts';
import type { Searched } from '../enumerate.ts';
import { enumerate } from '../enumerate.ts';
import type { Language, Value } from '../language.ts';
import { bareLanguage } from '../language.ts';
import type { Input } from '../memory.ts';
import { print, readTerm } from '../term.ts';
import { workspace } from '../workspace.ts';
import { featureCount } from './feature-count.ts';
import { featuresOf } from './features.ts';
import { discounts, guidedCosts } from './guide.ts';
import type { Net } from './net.ts';
import { predict } from './net.ts';
import { learn, recognised } from './recognise.ts';
import { dreamsOf, primitivesOf } from './samples.ts';
import type { StoredNet } from './stored.ts';
import { readNet, storeNet } from './stored.ts';
import type { Sample } from './train.ts';
import { train } from './train.ts';

const rng = (seed = 'net') => publicRoot(seed).stream(0, 'net');
const BARE = bareLanguage('numbers');
const INPUTS: readonly Input[] = [
  { list: [3, -1, 7, 7, 0], k: 2 },
  { list: [5, 4, -3, 9], k: 1 },
  { list: [-6, 2, 2, 11, 0, 8], k: 3 },
];
const SPACE = workspace(60_000, 9_000_000);
const COSTS = costsOf(BARE, uniformGrammar(BARE));

const searched = (
  targets: readonly (readonly Value[])[] = [],
  costs = COSTS,
): Searched & { found: number } => {
  let found = Number.POSITIVE_INFINITY;
  const result = enumerate(
    {
      language: BARE,
      domain: 'numbers',
      costs,
      inputs: INPUTS,
      targets,
      goOn: (candidates) => candidates < 8_000,
      found: (_, __, candidates) => {
        found = candidates;
      },
    },
    SPACE,
  );
  return { ...result, found };
};

/** Input 0 says which of two primitives is used, input 1 nothing. */
const PLAIN: readonly Sample[] = [
  { features: Float32Array.of(1, 1), used: [0] },
  { features: Float32Array.of(0, 1), used: [1] },
  { features: Float32Array.of(1, 0), used: [0] },
  { features: Float32Array.of(0, 0), used: [1] },
];
const trained = (seed = 'net', updates = 3_000): Net =>
  train({ primitives: 3, dreams: PLAIN, tasks: [], updates, rng: rng(seed) });

test('it learns what its features tell, and that the third primitive is never used', () => {
  const [first, second, third] = predict(trained(), Float32Array.of(1, 1)) as unknown as [
    number,
    number,
    number,
  ];
  expect(first).toBeGreaterThan(0.9);
  expect(second).toBeLessThan(0.1);
  expect(third).toBeLessThan(0.05);
  expect(predict(trained(), Float32Array.of(0, 1))[1]).toBeGreaterThan(0.9);
});

test('the same seed gives the same weights, another one other weights', () => {
  expect(trained()).toEqual(trained());
  expect(trained('other').first).not.toEqual(trained().first);
});

test('a step is one of descent: the gradient agrees with differences of the loss', () => {
  // One update at the first rate, 0.02, on the one sample there is: weights move by −0.02 · gradient.
  const sample: Sample = { features: Float32Array.of(0.5, -1, 0), used: [1] };
  const at = (updates: number): Net =>
    train({ primitives: 2, dreams: [sample], tasks: [], updates, rng: rng('gradient') });
  const before = at(0);
  const after = at(1);
  const loss = (net: Net): number => {
    const q = predict(net, sample.features);
    return -Math.log(1 - (q[0] as number)) - Math.log(q[1] as number);
  };
  const slope = (row: 'first' | 'second' | 'firstBias' | 'secondBias', place: number): number => {
    const moved = (by: number): Net => {
      const changed = Float32Array.from(before[row]);
      changed[place] = (changed[place] as number) + by;
      return { ...before, [row]: changed };
    };
    return (loss(moved(1e-2)) - loss(moved(-1e-2))) / 2e-2;
  };
  for (const [row, place] of [
    ['first', 3],
    ['first', 41],
    ['firstBias', 3],
    ['second', 7],
    ['second', 55],
    ['secondBias', 0],
    ['secondBias', 1],
  ] as const) {
    const step = (after[row][place] as number) - (before[row][place] as number);
    expect(step).toBeCloseTo(-0.02 * slope(row, place), 3);
  }
  // A feature of 0 moves nothing.
  expect(after.first.subarray(80)).toEqual(before.first.subarray(80));
});

test('three updates in ten show solved tasks', () => {
  // Dreams use primitive 0, tasks primitive 1, and nothing tells them apart: q is how often each was shown.
  const one = (used: number): Sample => ({ features: Float32Array.of(1), used: [used] });
  const net = train({
    primitives: 2,
    dreams: [one(0)],
    tasks: [one(1)],
    updates: 20_000,
    rng: rng(),
  });
  const [dream, task] = predict(net, Float32Array.of(1)) as unknown as [number, number];
  expect(Math.abs(dream - 0.7)).toBeLessThan(0.1);
  expect(Math.abs(task - 0.3)).toBeLessThan(0.1);
  expect(net.usual[0]).toBeCloseTo(dream, 5);
});

test('dreams are programs of values with their outputs, none twice, the same for the same seed', () => {
  const of = searched();
  const dreams = dreamsOf(of, rng(), 500);
  expect(dreams).toHaveLength(500);
  const shown = dreams.map(({ term }) => print(BARE, term));
  expect(new Set(shown).size).toBe(500);
  expect(shown).toEqual(dreamsOf(of, rng(), 500).map(({ term }) => print(BARE, term)));
  expect(shown).not.toEqual(dreamsOf(of, rng('other'), 500).map(({ term }) => print(BARE, term)));
  for (const { term, outputs } of dreams) {
    expect(['I', 'L']).toContain(BARE.primitives[term.prim]?.type);
    expect(outputs).toHaveLength(INPUTS.length);
  }
  const all = dreamsOf(of, rng(), 1e9);
  const values = Array.from({ length: of.kept }, (_, id) => of.type(id)).filter(
    (type) => type === 'I' || type === 'L',
  );
  expect(all).toHaveLength(values.length);
});

test('primitives of a program are counted once', () => {
  const term = readTerm(BARE, ['plus', ['len', 'L'], ['len', ['tail', 'L']]]);
  expect(primitivesOf(term).map((prim) => BARE.primitives[prim]?.name)).toEqual([
    'L',
    'tail',
    'len',
    'plus',
  ]);
});

test('discounts are half the bits by which a primitive is likelier than usual, at most 1.5', () => {
  const net = { ...trained(), usual: Float32Array.of(0.09, 0.19, 0.49) };
  const bits = discounts(net, Float32Array.of(0.39, 0.19, 0));
  expect(bits[0]).toBeCloseTo(0.5 * 2, 5);
  expect(bits[1]).toBeCloseTo(0, 5);
  expect(bits[2]).toBe(-1.5);
  expect(discounts(net, Float32Array.of(1, 1, 1))[0]).toBe(1.5);
});

test('edges of a likely primitive become cheaper under every parent, within 1 and 60, and never stays never', () => {
  const costs = [[Int32Array.of(10, NEVER, 2, 59)]];
  const guided = guidedCosts(costs, Float64Array.of(1, 1.5, 1.5, -1.5));
  // 10 − 2.5 = 7.5, rounded 8; 2 − 3.75 is less than 1; 59 + 3.75 more than 60.
  expect([...(guided[0]?.[0] ?? [])]).toEqual([8, NEVER, 1, 60]);
  expect([...(costs[0]?.[0] ?? [])]).toEqual([10, NEVER, 2, 59]);
});

thorough('with the net of its own dreams a search finds a task sooner than without', () => {
  const of = searched();
  const dreams = dreamsOf(of, rng(), 1_000);
  const net = learn(BARE, [{ inputs: INPUTS, dreams, solved: [] }], { rng: rng(), updates: 4_000 });
  const features = featuresOf(BARE, INPUTS);
  const known = new Set(dreams.map(({ term }) => print(BARE, term)));
  const tasks = dreamsOf(of, rng('tasks'), 24).filter(({ term }) => !known.has(print(BARE, term)));
  const ratios = tasks.map(({ outputs }) => {
    const wanted = [outputs];
    const guided = searched(wanted, recognised(outputs, COSTS, { net, features }));
    return Math.log(searched(wanted).found / Math.min(guided.found, 8_000));
  });
  expect(ratios.length).toBeGreaterThan(10);
  expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeGreaterThan(
    Math.log(1.3),
  );
});

const SMALL: Language = only('L', 'k', 'len');
const small = (): Net => {
  const sample: Sample = { features: new Float32Array(featureCount(SMALL)).fill(0.5), used: [0] };
  return train({ primitives: 3, dreams: [sample], tasks: [], updates: 10, rng: rng() });
};

test('stored and read again a net is the same, to the bit, as JSON too', () => {
  const net = small();
  const stored = storeNet(net);
  expect(readNet(JSON.parse(JSON.stringify(stored)), SMALL)).toEqual(net);
  expect(stored.shape).toEqual({ inputs: featureCount(SMALL), hidden: 40, outputs: 3 });
  expect(storeNet(small())).toEqual(stored);
});

const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
  return 'accepted';
};

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'a weight of %s is refused, written or read',
  (weight) => {
    const net = small();
    net.second[5] = weight;
    const place = featureCount(SMALL) * 40 + 40 + 5;
    const said = new RegExp(`^IMPROVER_INVALID: .*weight ${place} is not a finite number`);
    expect(code(() => storeNet(net))).toMatch(said);
    // Made by hand, with a checksum that fits.
    const stored = storeNet(small());
    const bytes = Buffer.from(stored.float32, 'base64');
    bytes.writeFloatLE(weight, 4 * place);
    const forged = { ...stored, float32: bytes.toString('base64'), checksum: sha256Of(bytes) };
    expect(code(() => readNet(forged, SMALL))).toMatch(said);
  },
);

const altered = (change: (stored: StoredNet) => unknown): string =>
  code(() => readNet(change(storeNet(small())), SMALL));

test.each<[string, (stored: StoredNet) => unknown, RegExp]>([
  ['another schema', (net) => ({ ...net, schema: 'paceline/net/2' }), /schema/],
  ['null', () => null, /cannot be used/],
  ['a key too many', (net) => ({ ...net, extra: 1 }), /extra/],
  ['no base64', (net) => ({ ...net, float32: '§§' }), /float32/],
  [
    'weights cut short',
    (net) => ({ ...net, float32: net.float32.slice(0, 400) }),
    /300 bytes of weights/,
  ],
  [
    'one weight altered',
    (net) => ({ ...net, float32: `${net.float32[0] === 'A' ? 'B' : 'A'}${net.float32.slice(1)}` }),
    /checksum/,
  ],
  [
    'other features',
    (net) => ({ ...net, shape: { ...net.shape, inputs: net.shape.inputs + 1 } }),
    /another library/,
  ],
  ['no hidden unit', (net) => ({ ...net, shape: { ...net.shape, hidden: 0 } }), /hidden/],
])('%s is refused in words', (_, change, said) => {
  const answer = altered(change);
  expect(answer).toMatch(/^IMPROVER_INVALID: .*Export the improver again/);
  expect(answer).toMatch(said);
});

test('a net of another library is refused: its features would mean something else', () => {
  const stored = storeNet(small());
  expect(code(() => readNet(stored, BARE))).toMatch(/IMPROVER_INVALID: .*of another library/);
});
