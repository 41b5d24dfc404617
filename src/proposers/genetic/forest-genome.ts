/** Forests of the closed language, varied by its operators, told apart by what they decide. */
import type { Rng } from '../../core/rng.ts';
import type { Situations } from '../../lang/behaviour.ts';
import { type Forest, nodeCount, treeSize } from '../../lang/forest.ts';
import { growForest } from '../../lang/generate.ts';
import type { Macro } from '../../lang/macro.ts';
import { INSTANCE, instance, VARIATIONS, type Variation } from '../../lang/operators.ts';
import type { SlotSpec, Vocabulary } from '../../lang/vocabulary.ts';
import { growingUnder } from './breeding-rule.ts';
import type { Genome, VariationDraw } from './genome.ts';
import { forestReader, hypothesisKey, textOf } from './reader.ts';

export interface ForestGenomeOptions {
  readonly vocabulary: Vocabulary;
  /** Canonical text of the program to improve. */
  readonly origin: string;
  /** Recorded decisions that tell hypotheses apart; without them only their text does. */
  readonly situations?: Situations;
  /** Parts that fresh trees and one more operator are made of; default none. */
  readonly macros?: readonly Macro[];
}

/** Nodes of a tree (included): what a person still reads. The tree of a larger parent may not grow. */
const MAX_TREE_NODES = 60;

/** Levels of freshly grown parts. */
const GROW_DEPTH = 3;

/** Scales of fresh constants and of numeric steps, log-uniform: inputs come in any unit. */
const CONSTANT_SD = { least: 0.1, most: 100 } as const;
const SIGMA = { least: 0.02, most: 1 } as const;

/** @throws PacelineError FOREST_INVALID or CONFIG_INVALID when origin or situations do not fit. */
export function forestGenome(options: ForestGenomeOptions): Genome<Forest> {
  const { vocabulary, situations, macros = [] } = options;
  const read = forestReader(vocabulary);
  const variations: Readonly<Record<string, Variation>> =
    macros.length === 0 ? VARIATIONS : { ...VARIATIONS, [INSTANCE]: instance };

  /** Where there is no archive to cross with, the donor is a stranger. */
  function vary(forest: Forest, operator: string, draw: VariationDraw<Forest>) {
    const { rng, mate, policy } = draw;
    const own = policy
      ? growingUnder(policy)
      : { maxDepth: GROW_DEPTH, constantSd: logUniform(rng, CONSTANT_SD) };
    const grow = { ...own, macros };
    const crosses = operator === 'crossover' || operator === 'graft';
    const donor = crosses ? (mate() ?? growForest(rng, vocabulary, grow)) : forest;
    const slot = vocabulary.slots[rng.int(vocabulary.slots.length)] as SlotSpec;
    const sigma = policy ? 10 ** policy.settings.sigma : logUniform(rng, SIGMA);
    const maxNodes = Math.max(MAX_TREE_NODES, largestTree(forest));
    const variation = variations[operator] as Variation;
    return variation(rng, { forest, slot, donor }, { grow, sigma, maxNodes });
  }

  return {
    operators: Object.keys(variations),
    origin: read(options.origin),
    read,
    textOf,
    keyOf: hypothesisKey(vocabulary, situations),
    sizeOf: nodeCount,
    vary,
  };
}

function largestTree({ slots }: Forest): number {
  return Math.max(...Object.values(slots).map(treeSize));
}

function logUniform(
  rng: Rng,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  return least * (most / least) ** rng.float();
}
