/**
 * Genetic programming over forests (Koza 1992): a parent from the archive or the origin, changed by
 * one of the language's nine variations, again until its behaviour is new to the arm. Which
 * variation is learnt from what each has paid (genetic/portfolio.ts); that is all it learns.
 */
import { sha256 } from '../core/hash.ts';
import type { Rng } from '../core/rng.ts';
import type { Situations } from '../lang/behaviour.ts';
import { encodeForest } from '../lang/codec.ts';
import { type Forest, nodeCount, treeSize } from '../lang/forest.ts';
import { type GrowOptions, growForest } from '../lang/generate.ts';
import { VARIATIONS, type VariationName } from '../lang/operators.ts';
import type { SlotSpec, Vocabulary } from '../lang/vocabulary.ts';
import type { AskRequest, Draft, Proposer } from './contract.ts';
import {
  chooseOperator,
  credited,
  newPortfolio,
  type PortfolioState,
  probabilities,
} from './genetic/portfolio.ts';
import { forestReader, hypothesisKey } from './genetic/reader.ts';

export interface GeneticOptions {
  readonly vocabulary: Vocabulary;
  /** Text of the program to improve. */
  readonly origin: string;
  /** Recorded decisions that tell hypotheses apart; without them only their text does. */
  readonly situations?: Situations;
}

const OPERATORS = Object.keys(VARIATIONS) as readonly VariationName[];

/** Attempts at a hypothesis that is new to the arm, before one is handed in as a duplicate. */
const MAX_TRIES = 20;

/** Nodes of a tree (included): what a person still reads in a minute. A larger parent may stay as large. */
const MAX_TREE_NODES = 60;

/** Levels of freshly grown parts. */
const GROW_DEPTH = 3;

/** Sizes of fresh constants and of numeric steps, log-uniform: inputs come in any unit. */
const CONSTANT_SD = { least: 0.1, most: 100 } as const;
const SIGMA = { least: 0.02, most: 1 } as const;

interface Parent {
  readonly id: string;
  readonly forest: Forest;
}

interface Child {
  readonly forest: Forest;
  readonly parents: readonly string[];
  readonly operator: string;
}

export function geneticProposer(options: GeneticOptions): Proposer<PortfolioState> {
  const { vocabulary, situations } = options;
  const read = forestReader(vocabulary);
  const keyOf = hypothesisKey(vocabulary, situations);
  const originForest = read(options.origin);
  const origin: Parent = { id: sha256(encodeForest(originForest)), forest: originForest };
  const originKey = keyOf(originForest);
  const even = OPERATORS.map(() => 1 / OPERATORS.length);

  /** The origin counts as one more member of the archive. */
  function parentOf({ rng, archive, fromOrigin }: AskRequest): Parent {
    if (fromOrigin || rng.int(archive.size + 1) === 0) return origin;
    const elite = archive.pick(rng);
    return elite === undefined ? origin : { id: elite.id, forest: read(elite.text) };
  }

  /** Without an archive the donor is a stranger. */
  function donorOf(
    { rng, archive, fromOrigin }: AskRequest,
    grow: GrowOptions,
  ): Partial<Parent> & Pick<Parent, 'forest'> {
    const elite = fromOrigin ? undefined : archive.pick(rng);
    if (elite === undefined) return { forest: growForest(rng, vocabulary, grow) };
    return { id: elite.id, forest: read(elite.text) };
  }

  function child(request: AskRequest, weights: readonly number[]): Child | undefined {
    const { rng } = request;
    const operator = OPERATORS[chooseOperator(weights, rng)] as VariationName;
    const parent = parentOf(request);
    const grow = { maxDepth: GROW_DEPTH, constantSd: logUniform(rng, CONSTANT_SD) };
    const donor = donorOf(request, grow);
    const slot = vocabulary.slots[rng.int(vocabulary.slots.length)] as SlotSpec;
    const forest = VARIATIONS[operator](rng, parent.forest, slot, donor.forest, {
      grow,
      sigma: logUniform(rng, SIGMA),
      maxNodes: Math.max(MAX_TREE_NODES, largestTree(parent.forest)),
    });
    if (forest === undefined) return undefined;
    const isCrossed = operator === 'crossover' || operator === 'graft';
    const donors = isCrossed && donor.id !== undefined ? [donor.id] : [];
    return { forest, operator, parents: [parent.id, ...donors] };
  }

  return {
    name: 'genetic',
    traits: { repeatable: true, sequential: false },
    init: () => newPortfolio(OPERATORS.length),
    ask(state, request): Draft {
      const weights = request.fromOrigin ? even : probabilities(state);
      let last: Child = { forest: origin.forest, operator: 'none', parents: [origin.id] };
      let key = originKey;
      let considered = 0;
      for (let i = 0; i < MAX_TRIES; i++) {
        const next = child(request, weights);
        if (next === undefined) continue;
        considered += 1;
        last = next;
        key = keyOf(next.forest);
        if (!request.seen(key) && key !== originKey) break;
      }
      const { forest, operator, parents } = last;
      const text = encodeForest(forest);
      return {
        text,
        parents,
        operator,
        key,
        considered: Math.max(1, considered),
        size: nodeCount(forest),
      };
    },
    tell: (state, { operator, gain, evals }) =>
      credited(state, OPERATORS.indexOf(operator as VariationName), { gain, evals }),
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
