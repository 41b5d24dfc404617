/**
 * Draws from the space itself, not from the neighbourhood of the origin: what a search would find
 * that had nothing to start from. It learns nothing and looks at no archive.
 */
import { sha256 } from '../core/hash.ts';
import type { Rng } from '../core/rng.ts';
import type { Situations } from '../lang/behaviour.ts';
import { encodeForest } from '../lang/codec.ts';
import { type Forest, nodeCount, parametersOf, withParameters } from '../lang/forest.ts';
import { growForest } from '../lang/generate.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { HoppingProblem } from '../optim/local-search.ts';
import type { Draft, Proposer } from './contract.ts';
import { hypothesisKey, type KeyOf } from './genetic/reader.ts';
import type { DataNumbers } from './local-search/data-numbers.ts';

export interface RandomProgramOptions {
  readonly vocabulary: Vocabulary;
  readonly situations?: Situations;
}

export interface RandomConstantsOptions {
  /** Forest whose constants are drawn anew. */
  readonly template: Forest;
  /** The step the searching proposer starts with: the least spread there is. */
  readonly sigma: number;
}

/** Programs of every size, as in ramped initialisation (Koza 1992): from two levels to six. */
const LEAST_DEPTH = 2;
const DEPTHS = 5;
/** Times the spread of the template's constants: its neighbourhood is a small part of that. */
const WIDE = 2;
/** Draws until one is new to the arm, before one is handed in as a duplicate. */
const MAX_TRIES = 20;

/** Random programs of the language. @throws PacelineError CONFIG_INVALID as `hypothesisKey` does. */
export function randomPrograms({ vocabulary, situations }: RandomProgramOptions): Proposer<null> {
  const draw = (rng: Rng): Forest =>
    growForest(rng, vocabulary, { maxDepth: LEAST_DEPTH + rng.int(DEPTHS) });
  return randomProposer('random-program', forests(draw, hypothesisKey(vocabulary, situations)));
}

/** Independent normal constants about 0, wide enough to reach past those of the template. */
export function randomConstants({ template, sigma }: RandomConstantsOptions): Proposer<null> {
  const known = parametersOf(template);
  const square = known.reduce((sum, value) => sum + value * value, 0) / Math.max(1, known.length);
  const spread = WIDE * Math.max(sigma, Math.sqrt(square));
  const draw = (rng: Rng): Forest =>
    withParameters(
      template,
      known.map(() => spread * rng.normal()),
    );
  return randomProposer(
    'random-constants',
    forests(draw, (_, text) => sha256(text)),
  );
}

/** Fresh starts of a problem, repaired and not climbed from. */
export function randomStarts({
  problem,
  numbers,
}: {
  readonly problem: HoppingProblem;
  readonly numbers: DataNumbers;
}): Proposer<null> {
  return randomProposer('random-start', (rng) => {
    const text = numbers.textOf(problem.repair(problem.start(() => rng.float())));
    return { text, key: numbers.keyOf(text), size: numbers.sizeOf(text) };
  });
}

type Drawn = Pick<Draft, 'text' | 'key' | 'size'>;

function forests(draw: (rng: Rng) => Forest, keyOf: KeyOf): (rng: Rng) => Drawn {
  return (rng) => {
    const forest = draw(rng);
    const text = encodeForest(forest);
    return { text, key: keyOf(forest, text), size: nodeCount(forest) };
  };
}

function randomProposer(operator: string, draw: (rng: Rng) => Drawn): Proposer<null> {
  return {
    name: 'random',
    traits: { repeatable: true, sequential: false },
    init: () => null,
    ask(_state, { rng, seen }): Draft {
      for (let considered = 1; ; considered++) {
        const drawn = draw(rng);
        if (seen(drawn.key) && considered < MAX_TRIES) continue;
        return { ...drawn, parents: [], operator, considered };
      }
    },
    tell: (state) => state,
  };
}
