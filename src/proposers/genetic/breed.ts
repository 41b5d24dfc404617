/** One child: a program of the archive or the origin, changed by one operator in one slot. */
import type { CandidateId } from '../../core/candidate.ts';
import { sha256 } from '../../core/hash.ts';
import type { Rng } from '../../core/rng.ts';
import { encodeForest } from '../../lang/codec.ts';
import { type Forest, treeSize } from '../../lang/forest.ts';
import { type GrowOptions, growForest } from '../../lang/generate.ts';
import { VARIATIONS, type VariationName } from '../../lang/operators.ts';
import type { SlotSpec, Vocabulary } from '../../lang/vocabulary.ts';
import type { AskRequest } from '../contract.ts';
import { forestReader } from './reader.ts';

/** In the order of the portfolio's entries. */
export const OPERATORS: readonly VariationName[] = Object.keys(VARIATIONS) as VariationName[];

/** Nodes of a tree (included): what a person still reads. The tree of a larger parent may not grow. */
const MAX_TREE_NODES = 60;

/** Levels of freshly grown parts. */
const GROW_DEPTH = 3;

/** Scales of fresh constants and of numeric steps, log-uniform: inputs come in any unit. */
const CONSTANT_SD = { least: 0.1, most: 100 } as const;
const SIGMA = { least: 0.02, most: 1 } as const;

/** A forest to start from, and the candidates it comes from. */
export interface Stock {
  readonly forest: Forest;
  readonly parents: readonly CandidateId[];
}

export interface Child extends Stock {
  readonly operator: VariationName;
}

type Fold = Pick<AskRequest, 'rng' | 'archive' | 'fromOrigin'>;

export interface Breeder {
  readonly origin: Stock;
  /** An elite of the archive, or the origin, which counts as one more member of it. */
  parent(fold: Fold): Stock;
  /** The stock changed once; undefined when the operator has nothing to do there, or no room. */
  child(stock: Stock, operator: VariationName, fold: Fold): Child | undefined;
}

/** @throws PacelineError FOREST_INVALID unless `originText` is a forest over the vocabulary. */
export function breeder(vocabulary: Vocabulary, originText: string): Breeder {
  const read = forestReader(vocabulary);
  const forest = read(originText);
  const origin: Stock = { forest, parents: [sha256(encodeForest(forest))] };

  function elite({ rng, archive, fromOrigin }: Fold): Stock | undefined {
    const picked = fromOrigin ? undefined : archive.pick(rng);
    return picked && { forest: read(picked.text), parents: [picked.id] };
  }

  /** Where there is no archive to cross with, the donor is a stranger. */
  function donor(operator: VariationName, fold: Fold, grow: GrowOptions): Stock | undefined {
    if (operator !== 'crossover' && operator !== 'graft') return undefined;
    return elite(fold) ?? { forest: growForest(fold.rng, vocabulary, grow), parents: [] };
  }

  return {
    origin,
    parent: (fold) =>
      fold.fromOrigin || fold.rng.int(fold.archive.size + 1) === 0
        ? origin
        : (elite(fold) ?? origin),
    child(stock, operator, fold) {
      const { rng } = fold;
      const grow = { maxDepth: GROW_DEPTH, constantSd: logUniform(rng, CONSTANT_SD) };
      const other = donor(operator, fold, grow);
      const slot = vocabulary.slots[rng.int(vocabulary.slots.length)] as SlotSpec;
      const options = {
        grow,
        sigma: logUniform(rng, SIGMA),
        maxNodes: Math.max(MAX_TREE_NODES, largestTree(stock.forest)),
      };
      const subject = { forest: stock.forest, slot, donor: other?.forest ?? stock.forest };
      const changed = VARIATIONS[operator](rng, subject, options);
      if (changed === undefined) return undefined;
      const parents = [...new Set([...stock.parents, ...(other?.parents ?? [])])];
      return { forest: changed, parents, operator };
    },
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
