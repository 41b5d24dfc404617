/** Macros: expanded in place, only where they fit, and without a trace in searches that have none. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { forestArbitrary, SAMPLE_VOCABULARY } from '../testing/forest-arbitrary.ts';
import { encodeForest } from './codec.ts';
import type { Node } from './forest.ts';
import { apply, checkForest, constant, variable } from './forest.ts';
import { growTree } from './generate.ts';
import { fillings, holeNode, inputsOf, instantiate, type Macro, ownSize } from './macro.ts';
import { instance } from './operators.ts';
import type { SlotSpec } from './vocabulary.ts';

const macroOf = (body: Node, takes: Macro['takes'], gives: Macro['gives'] = 'real'): Macro => ({
  name: 'm',
  takes,
  gives,
  inputs: inputsOf(body),
  body,
});

const TWICE = macroOf(apply('+', [holeNode(0), apply('*', [holeNode(0), holeNode(1)])]), [
  'real',
  'real',
]);
const CHOICE = macroOf(apply('if', [holeNode(0), holeNode(1), constant(7)]), ['bool', 'real']);
const LESS = macroOf(apply('lt', [holeNode(0), constant(3)]), ['real'], 'bool');
const SLOTS = SAMPLE_VOCABULARY.slots;
const FOREIGN = macroOf(apply('-', [holeNode(0), variable('nowhere')]), ['real']);

test('an instance is the body with its holes filled, each as often as it stands there', () => {
  const [a, b] = [variable('a'), constant(2)];
  expect(instantiate(TWICE, [a, b])).toEqual(apply('+', [a, apply('*', [a, b])]));
  expect([ownSize(TWICE), fillings(TWICE.body)]).toEqual([2, 3]);
});

test('with macros of every type and hole the operator gives valid forests of the language', () => {
  const grow = { maxDepth: 3, macros: [TWICE, CHOICE, LESS, FOREIGN] };
  let changed = 0;
  fc.assert(
    fc.property(forestArbitrary(), fc.nat(), (forest, trial) => {
      for (const slot of SLOTS) {
        const rng = publicRoot('instance').stream(trial, slot.name);
        const child = instance(rng, { forest, slot, donor: forest }, { grow, sigma: 0.3 });
        if (child === undefined) continue;
        changed += 1;
        checkForest(child, SAMPLE_VOCABULARY);
        expect(encodeForest(child)).not.toMatch(/#|nowhere/);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
  expect(changed).toBeGreaterThan(30);
});

test('fresh trees hold instances, and keep their caps', () => {
  const spec = SLOTS[0] as SlotSpec;
  const macros = [macroOf(apply('sin', [apply('sin', [holeNode(0)])]), ['real']), FOREIGN];
  const options = { maxDepth: 4, maxNodes: 30, weights: { sin: 0 }, macros };
  const texts = Array.from({ length: 300 }, (_, trial) => {
    const tree = growTree(publicRoot('grown').stream(trial, 'x'), spec, options);
    checkForest({ slots: { f: tree } }, { slots: [{ ...spec, name: 'f' }] });
    return JSON.stringify(tree);
  });
  const holding = texts.filter((text) => text.includes('"sin"'));
  expect(holding.length).toBeGreaterThan(30);
  expect(holding.length).toBeLessThan(200);
});

test('nothing is drawn for macros where there are none', () => {
  const spec = SLOTS[0] as SlotSpec;
  const grown = (macros?: readonly Macro[]) =>
    growTree(publicRoot('same').stream(3, 'x'), spec, {
      maxDepth: 4,
      ...(macros ? { macros } : {}),
    });
  expect(grown([])).toEqual(grown());
});
