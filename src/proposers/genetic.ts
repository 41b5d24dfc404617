/**
 * Genetic programming over forests (Koza 1992): a parent from the archive or the origin, changed by
 * the language's nine variations, again and further away until its behaviour is new to the arm.
 * Which variation is learnt from what each has paid (genetic/portfolio.ts); that is all it learns.
 */
import type { Situations } from '../lang/behaviour.ts';
import { encodeForest } from '../lang/codec.ts';
import { nodeCount } from '../lang/forest.ts';
import type { VariationName } from '../lang/operators.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { AskRequest, Draft, Proposer } from './contract.ts';
import { breeder, type Child, OPERATORS, type Stock } from './genetic/breed.ts';
import {
  chooseOperator,
  credited,
  newPortfolio,
  type PortfolioState,
  probabilities,
} from './genetic/portfolio.ts';
import { hypothesisKey, textOf } from './genetic/reader.ts';

export interface GeneticOptions {
  readonly vocabulary: Vocabulary;
  /** Canonical text of the program to improve. */
  readonly origin: string;
  /** Recorded decisions that tell hypotheses apart; without them only their text does. */
  readonly situations?: Situations;
}

/** Attempts at a hypothesis that is new to the arm, before one is handed in as a duplicate. */
const MAX_TRIES = 20;

/**
 * Around a small archive, or an origin whose neighbours are used up, attempts must reach further:
 * after every few failures each makes one change more, and half of them go on from the last child
 * instead of from a new parent. Bin packing, 2,000 evaluations: 1 duplicate in 10 trials, not 4.
 */
const TRIES_PER_CHANGE = 5;
const WALK = 0.5;

const EVEN = OPERATORS.map(() => 1 / OPERATORS.length);

/** A child with its text and key; the origin, unchanged, is what there is before the first one. */
interface Attempt extends Stock {
  readonly text: string;
  readonly key: string;
  readonly operator: string;
}

/** @throws PacelineError FOREST_INVALID or CONFIG_INVALID when origin or situations do not fit. */
export function geneticProposer(options: GeneticOptions): Proposer<PortfolioState> {
  const { vocabulary, situations } = options;
  const { origin, parent, child } = breeder(vocabulary, options.origin);
  const keyOf = hypothesisKey(vocabulary, situations);
  const originText = encodeForest(origin.forest);
  const originKey = keyOf(origin.forest, originText);
  const unchanged: Attempt = { ...origin, text: originText, key: originKey, operator: 'none' };

  function attempt(draw: Draw, last: Attempt, tries: number): Attempt | undefined {
    const { request, weights } = draw;
    const { rng } = request;
    const stock = last !== unchanged && rng.float() < WALK ? last : parent(request);
    let made: Child | undefined;
    for (let changes = 0; changes <= Math.floor(tries / TRIES_PER_CHANGE); changes++) {
      const operator = OPERATORS[chooseOperator(weights, rng)] as VariationName;
      made = child(made ?? stock, operator, request) ?? made;
    }
    const text = made && textOf(made.forest);
    return made && text !== undefined
      ? { ...made, text, key: keyOf(made.forest, text) }
      : undefined;
  }

  return {
    name: 'genetic',
    traits: { repeatable: true, sequential: false },
    init: () => newPortfolio(OPERATORS.length),
    ask(state, request) {
      const draw = { request, weights: request.fromOrigin ? EVEN : probabilities(state) };
      let last = unchanged;
      let considered = 0;
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const made = attempt(draw, last, tries);
        if (made === undefined) continue;
        last = made;
        considered += 1;
        // The origin was measured before the first trial: its key is known without being settled.
        if (!request.seen(made.key) && made.key !== originKey) break;
      }
      return draftOf(last, Math.max(1, considered));
    },
    tell: (state, { operator, gain, evals }) =>
      credited(state, OPERATORS.indexOf(operator as VariationName), { gain, evals }),
  };
}

interface Draw {
  readonly request: AskRequest;
  /** Probability of each operator. */
  readonly weights: readonly number[];
}

function draftOf(attempt: Attempt, considered: number): Draft {
  const { forest, text, parents, operator, key } = attempt;
  return { text, parents, operator, key, considered, size: nodeCount(forest) };
}
