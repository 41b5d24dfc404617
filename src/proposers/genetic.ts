/**
 * Genetic programming over forests (Koza 1992): a parent from the archive or the origin, changed by
 * one of the language's nine variations, and changed again until its behaviour is new to the arm.
 * Which variation is learnt from what each has paid (genetic/portfolio.ts); that is all it learns.
 */
import type { Situations } from '../lang/behaviour.ts';
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
import { hypothesisKey } from './genetic/reader.ts';

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
 * Chance that the next attempt goes on from a child that was not new instead of from a new parent.
 * Around a small archive, or an origin whose neighbours are used up, this walks as far as needed.
 */
const WALK = 0.5;

const EVEN = OPERATORS.map(() => 1 / OPERATORS.length);

interface Attempt {
  readonly stock: Stock;
  readonly operator: string;
  readonly key: string;
}

/** @throws PacelineError FOREST_INVALID or CONFIG_INVALID when origin or situations do not fit. */
export function geneticProposer(options: GeneticOptions): Proposer<PortfolioState> {
  const { vocabulary, origin: originText, situations } = options;
  const { origin, parent, child } = breeder(vocabulary, originText);
  const keyOf = hypothesisKey(vocabulary, situations);
  const originKey = keyOf(origin.forest, origin.text);

  function attempt(
    request: AskRequest,
    weights: readonly number[],
    last: Attempt,
  ): Child | undefined {
    const { rng } = request;
    const walks = last.operator !== NOTHING && rng.float() < WALK;
    const operator = OPERATORS[chooseOperator(weights, rng)] as VariationName;
    return child(walks ? last.stock : parent(request), operator, request);
  }

  return {
    name: 'genetic',
    traits: { repeatable: true, sequential: false },
    init: () => newPortfolio(OPERATORS.length),
    ask(state, request) {
      const weights = request.fromOrigin ? EVEN : probabilities(state);
      let last: Attempt = { stock: origin, operator: NOTHING, key: originKey };
      let considered = 0;
      for (let i = 0; i < MAX_TRIES; i++) {
        const stock = attempt(request, weights, last);
        if (stock === undefined) continue;
        considered += 1;
        const key = keyOf(stock.forest, stock.text);
        last = { stock, operator: stock.operator, key };
        // The origin was measured before the first trial: its key is known without being settled.
        if (!request.seen(key) && key !== originKey) break;
      }
      return draftOf(last, Math.max(1, considered));
    },
    tell: (state, { operator, gain, evals }) =>
      credited(state, OPERATORS.indexOf(operator as VariationName), { gain, evals }),
  };
}

/** Where no operator finds anything to do, the origin itself is handed in. */
const NOTHING = 'none';

function draftOf({ stock, operator, key }: Attempt, considered: number): Draft {
  const { text, parents, forest } = stock;
  return { text, parents, operator, key, considered, size: nodeCount(forest) };
}
