/** A new program under a policy: grown afresh, or a parent changed by the operators of the language. */
import type { Rng } from '../../core/rng.ts';
import { type Forest, roundParameters } from '../../lang/forest.ts';
import { type GrowOptions, growForest } from '../../lang/generate.ts';
import { VARIATIONS, type VariationName } from '../../lang/operators.ts';
import type { SlotSpec, Vocabulary } from '../../lang/vocabulary.ts';
import { type Policy, VARIATION_NAMES } from './slots.ts';
import type { Subject } from './subject.ts';

/** Nodes of a tree (included): what a person still reads. */
const MAX_TREE_NODES = 50;
/** Changes of one child at most, whatever the geometric draw says. */
const MOST_CHANGES = 6;

/** Of changes, where the subject has one of its own: the operators of the language keep the other half. */
const RESET_SHARE = 0.5;

export interface Pair {
  readonly parent: Forest;
  readonly donor: Forest;
}

export function fresh(rng: Rng, vocabulary: Vocabulary, policy: Policy): Forest {
  return roundParameters(growForest(rng, vocabulary, growing(policy)));
}

/**
 * The parent changed once or more: the number is geometric with the policy's mean, a change that has
 * nothing to do counts as made.
 */
export function child(
  rng: Rng,
  { parent, donor }: Pair,
  scene: { readonly vocabulary: Vocabulary; readonly policy: Policy } & Pick<Subject, 'reset'>,
): Forest {
  const { vocabulary, policy, reset } = scene;
  const { mutations, sigma } = policy.settings;
  const options = { grow: growing(policy), sigma: 10 ** sigma, maxNodes: MAX_TREE_NODES };
  let forest = parent;
  for (let made = 0; made < MOST_CHANGES; made++) {
    if (made > 0 && rng.float() >= 1 - 1 / mutations) break;
    if (reset !== undefined && rng.float() < RESET_SHARE) {
      forest = reset(rng, forest);
      continue;
    }
    const slot = vocabulary.slots[rng.int(vocabulary.slots.length)] as SlotSpec;
    const vary = VARIATIONS[operator(rng, policy.operators)];
    forest = vary(rng, { forest, slot, donor }, options) ?? forest;
  }
  return roundParameters(forest);
}

function growing({ settings, grown }: Policy): GrowOptions {
  return {
    maxDepth: Math.round(settings.depth),
    maxNodes: MAX_TREE_NODES,
    constantSd: 10 ** settings.constantScale,
    constantProbability: settings.constantShare,
    weights: grown,
  };
}

function operator(rng: Rng, weights: readonly number[]): VariationName {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0) return VARIATION_NAMES[rng.int(VARIATION_NAMES.length)] as VariationName;
  let left = rng.float() * total;
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return VARIATION_NAMES[i] as VariationName;
  }
  return VARIATION_NAMES[0] as VariationName;
}
