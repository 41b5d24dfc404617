import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { forestArbitrary, SAMPLE_VOCABULARY } from '../testing/forest-arbitrary.ts';
import { encodeForest } from './codec.ts';
import type { Forest, Node } from './forest.ts';
import {
  checkForest,
  constant,
  MAX_NODES,
  nodeCount,
  parametersOf,
  treeDepth,
  treeSize,
  variable,
} from './forest.ts';
import { growForest, growTree } from './generate.ts';
import type { VariationName } from './operators.ts';
import { VARIATIONS } from './operators.ts';
import type { SlotSpec } from './vocabulary.ts';

const ROOT = publicRoot('variation');
const NAMES = Object.keys(VARIATIONS) as VariationName[];
const OPTIONS = { grow: { maxDepth: 3 }, sigma: 0.3 };
const PRIORITY = SAMPLE_VOCABULARY.slots[0] as SlotSpec;

function one(tree: Node): Forest {
  return { slots: { priority: tree } };
}

test.each(NAMES)('%s gives valid forests, changes one slot only and repeats itself', (name) => {
  let results = 0;
  fc.assert(
    fc.property(forestArbitrary(), forestArbitrary(), fc.nat(), (forest, donor, trial) => {
      const before = JSON.stringify(forest);
      for (const slot of SAMPLE_VOCABULARY.slots) {
        const vary = (): Forest | undefined =>
          VARIATIONS[name](ROOT.stream(trial, slot.name), { forest, slot, donor }, OPTIONS);
        const child = vary();
        if (child === undefined) continue;
        results++;
        checkForest(child, SAMPLE_VOCABULARY);
        expect(child).toEqual(vary());
        for (const other of SAMPLE_VOCABULARY.slots) {
          const same = child.slots[other.name] === forest.slots[other.name];
          if (other !== slot) expect(same).toBe(true);
        }
      }
      expect(JSON.stringify(forest)).toBe(before);
    }),
  );
  expect(results).toBeGreaterThan(50);
});

test('no chain of variations leaves the language or its node cap, and most steps do something', () => {
  const rng = ROOT.stream(0, 'chain');
  const options = { grow: { maxDepth: 4 }, sigma: 1, maxNodes: 30 };
  let forest = growForest(rng, SAMPLE_VOCABULARY, { maxDepth: 4, maxNodes: 30 });
  const donor = growForest(rng, SAMPLE_VOCABULARY, { maxDepth: 5, maxNodes: 30 });
  const done = new Map<string, number>();
  const seen = new Set<string>();
  for (let i = 0; i < 3000; i++) {
    const name = NAMES[rng.int(NAMES.length)] as VariationName;
    const slot = SAMPLE_VOCABULARY.slots[rng.int(3)] as SlotSpec;
    const child = VARIATIONS[name](rng, { forest, slot, donor }, options);
    if (child === undefined) continue;
    forest = checkForest(child, SAMPLE_VOCABULARY);
    for (const tree of Object.values(forest.slots)) expect(treeSize(tree)).toBeLessThanOrEqual(30);
    done.set(name, (done.get(name) ?? 0) + 1);
    seen.add(encodeForest(forest));
  }
  expect([...done.keys()].sort()).toEqual([...NAMES].sort());
  expect(seen.size).toBeGreaterThan(1500);
});

test('grown trees keep levels, nodes and the operators that were asked for', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 12 }), (trial, maxDepth) => {
      const rng = ROOT.stream(trial, 'grow');
      const grown = growForest(rng, SAMPLE_VOCABULARY, { maxDepth, leafProbability: 0 });
      checkForest(grown, SAMPLE_VOCABULARY);
      for (const tree of Object.values(grown.slots)) {
        expect(treeDepth(tree)).toBeLessThanOrEqual(Math.max(maxDepth, 2));
        expect(treeSize(tree)).toBeLessThanOrEqual(MAX_NODES);
      }
      const weights = { '+': 1, '-': 0, '*': -1, if: 0, sin: 0 };
      const only = growTree(rng, PRIORITY, { maxDepth, maxNodes: 9, weights });
      expect(treeSize(only)).toBeLessThanOrEqual(9);
      expect(JSON.stringify(only)).not.toMatch(/"op":"(-|\*|if|sin)"/);
    }),
  );
  const deepest = growTree(ROOT.stream(1, 'deep'), PRIORITY, { maxDepth: 6, leafProbability: 0 });
  expect(treeDepth(deepest)).toBe(6);
});

test('nothing to do is undefined, not a copy', () => {
  const rng = ROOT.stream(2, 'idle');
  const leaf = one(variable('item'));
  for (const name of ['hoist', 'shrink', 'jitter'] as const) {
    expect(
      VARIATIONS[name](rng, { forest: leaf, slot: PRIORITY, donor: leaf }, OPTIONS),
      name,
    ).toBeUndefined();
  }
  for (const name of ['crossover', 'graft'] as const) {
    expect(
      VARIATIONS[name](rng, { forest: leaf, slot: PRIORITY, donor: { slots: {} } }, OPTIONS),
      name,
    ).toBeUndefined();
  }
  const tight = { ...OPTIONS, maxNodes: 1 };
  expect(
    VARIATIONS.graft(rng, { forest: leaf, slot: PRIORITY, donor: leaf }, tight),
  ).toBeUndefined();
});

test('the constant move touches one number, jitter all, and both keep the shape', () => {
  const rng = ROOT.stream(3, 'numbers');
  const grid: Node = {
    op: 'grid',
    x: variable('item'),
    y: constant(2),
    xs: [0, 1],
    ys: [0, 1],
    z: [1, 2, 3, 4],
  };
  const moved = (name: VariationName): number => {
    const child = VARIATIONS[name](
      rng,
      { forest: one(grid), slot: PRIORITY, donor: one(grid) },
      OPTIONS,
    ) as Forest;
    expect(nodeCount(child)).toBe(nodeCount(one(grid)));
    const before = parametersOf(one(grid));
    return parametersOf(child).filter((value, i) => value !== before[i]).length;
  };
  expect([moved('constant'), moved('jitter')]).toEqual([1, 5]);
  const bare = VARIATIONS.constant(
    rng,
    { forest: one(variable('item')), slot: PRIORITY, donor: one(grid) },
    OPTIONS,
  );
  expect(bare?.slots.priority?.op).toBe('*');
});
