import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { behaviourKey } from './behaviour.ts';
import { decodeForest } from './codec.ts';
import { growForest } from './generate.ts';
import { phenotype, phenotypicDistance } from './phenotype.ts';
import type { Vocabulary } from './vocabulary.ts';

const vocabulary: Vocabulary = { slots: [{ name: 'p', inputs: ['x', 'y'], result: 'real' }] };
const rows = {
  length: 6,
  columns: { x: Float64Array.of(1, 2, 3, 5, 5, 0), y: Float64Array.of(3, 2, 1, 0, 1, 9) },
};
const about = { slots: ['p'], situations: { rows, groupSize: 3 } };
const of = (text: string, what = about) => [...phenotype(decodeForest(text, vocabulary), what)];

test('ranks within each group, ties sharing theirs', () => {
  expect(of('{"p":["v","x"]}')).toEqual([0, 0.5, 1, 0.75, 0.75, 0]);
  expect(of('{"p":["v","y"]}')).toEqual([1, 0.5, 0, 0, 0.5, 1]);
});

test('where the value is the decision, the value', () => {
  const valued = { ...about, situations: { ...about.situations, valued: ['p'] } };
  expect(of('{"p":["c",-10]}', valued)).toEqual(Array(6).fill(0));
  expect(of('{"p":["c",99]}', valued)).toEqual(Array(6).fill(1));
  expect(of('{"p":["c",0]}', valued)).toEqual(Array(6).fill(0.5));
});

test('distance 0 for the same decisions, and for no others; 1 for the opposite ones', () => {
  const forest = fc.nat(3000).map((seed) => {
    const rng = publicRoot('phenotype').stream(seed, 'forest');
    return growForest(rng, vocabulary, { maxDepth: 3 });
  });
  fc.assert(
    fc.property(forest, forest, (a, b) => {
      const apart = phenotypicDistance(phenotype(a, about), phenotype(b, about));
      expect(apart === 0).toBe(behaviourKey(a, about) === behaviourKey(b, about));
      expect(apart).toBeLessThanOrEqual(1);
      const bounded = phenotypicDistance(phenotype(a, about), phenotype(b, about), apart / 2);
      if (apart > 0) expect(bounded).toBe(Number.POSITIVE_INFINITY);
    }),
  );
  expect(phenotypicDistance(Float32Array.of(0, 1), Float32Array.of(1, 0))).toBe(1);
});
