/**
 * Genetic search (Koza 1992) over any kind of candidate that has a genome: a parent from the archive
 * or the origin, changed by one of the genome's operators, again and further away until the
 * hypothesis is new to the arm. Which operator is learnt from what each has paid
 * (genetic/portfolio.ts); that is all it learns.
 */
import type { Candidate } from '../core/candidate.ts';
import type { Policy } from '../improver/gp/slots.ts';
import type { AskRequest, Draft, Proposer } from './contract.ts';
import { breeder, type Child, type Stock } from './genetic/breed.ts';
import { type BreedingRule, changesMore, weightsUnder } from './genetic/breeding-rule.ts';
import type { Genome } from './genetic/genome.ts';
import {
  chooseOperator,
  credited,
  newPortfolio,
  type PortfolioState,
  probabilities,
} from './genetic/portfolio.ts';

/** Attempts at a hypothesis that is new to the arm, before one is handed in as a duplicate. */
const MAX_TRIES = 20;

/**
 * Around a small archive, or an origin whose neighbours are used up, attempts must reach further:
 * after every few failures each makes one change more, and half of them go on from the last child
 * instead of from a new parent. Bin packing, 2,000 evaluations: 1 duplicate in 10 trials, not 4.
 */
const TRIES_PER_CHANGE = 5;
const WALK = 0.5;

/** A child with its text and key; the origin, unchanged, is what there is before the first one. */
interface Attempt<G> extends Stock<G> {
  readonly text: string;
  readonly key: string;
  readonly operator: string;
}

/**
 * @param rule what an improver says of how children are made: instead of what the study learns of its operators, in
 *   its control arms too.
 * @throws Error for an origin that has no text: a genome is made from one.
 */
export function geneticProposer<G>(
  genome: Genome<G>,
  rule?: BreedingRule,
): Proposer<PortfolioState> {
  const { operators } = genome;
  const originText = textOfOrigin(genome);
  const { origin, parent, child } = breeder(genome, originText);
  const originKey = genome.keyOf(genome.origin, originText);
  const unchanged: Attempt<G> = { ...origin, text: originText, key: originKey, operator: 'none' };

  function attempt(draw: Draw, last: Attempt<G>, tries: number): Child<G> | undefined {
    const { request, weights, policy } = draw;
    const { rng, again } = request;
    const fold = { ...request, ...(policy ? { policy } : {}) };
    const usual = (): Stock<G> => (last !== unchanged && rng.float() < WALK ? last : parent(fold));
    const stock = again ? stockOf(genome, again.parent) : usual();
    const more = policy && again === undefined ? changesMore(policy, rng) : 0;
    let made: Child<G> | undefined;
    for (let changes = 0; changes <= Math.floor(tries / TRIES_PER_CHANGE) + more; changes++) {
      const operator = again?.operator ?? (operators[chooseOperator(weights, rng)] as string);
      made = child(made ?? stock, operator, fold) ?? made;
    }
    return made;
  }

  return {
    name: 'genetic',
    traits: { repeatable: true, sequential: false, breeds: true, redraws: true, repeats: true },
    init: () => newPortfolio(operators.length),
    ask(state, request) {
      const learnt = probabilities(request.fromOrigin ? newPortfolio(operators.length) : state);
      const draw = rule ? ruled(request, rule, operators) : { request, weights: learnt };
      let last = unchanged;
      let considered = 0;
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const made = attempt(draw, last, tries);
        if (made === undefined) continue;
        considered += 1;
        const next = attemptOf(genome, made);
        if (next === undefined) continue;
        last = next;
        // The origin was measured before the first trial: its key is known without being settled.
        if (!request.seen(last.key) && last.key !== originKey) break;
      }
      return draftOf(genome, last, Math.max(1, considered));
    },
    tell: (state, { operator, gain, evals }) =>
      credited(state, operators.indexOf(operator), { gain, evals }),
  };
}

function textOfOrigin<G>({ textOf, origin }: Genome<G>): string {
  const text = textOf(origin);
  if (text === undefined) throw new Error('the origin has no text');
  return text;
}

function attemptOf<G>(genome: Genome<G>, made: Child<G>): Attempt<G> | undefined {
  const text = genome.textOf(made.genome);
  return text === undefined ? undefined : { ...made, text, key: genome.keyOf(made.genome, text) };
}

/** Weights are the improver's, whatever was learnt. */
function ruled(request: AskRequest, rule: BreedingRule, operators: readonly string[]): Draw {
  const policy = rule(request);
  return { request, policy, weights: weightsUnder(policy, operators) };
}

function stockOf<G>({ read }: Genome<G>, { id, text }: Candidate): Stock<G> {
  return { genome: read(text), parents: [id] };
}

interface Draw {
  readonly request: AskRequest;
  /** Relative frequency of each operator. */
  readonly weights: readonly number[];
  readonly policy?: Policy;
}

function draftOf<G>({ sizeOf }: Genome<G>, attempt: Attempt<G>, considered: number): Draft {
  const { genome, text, parents, operator, key } = attempt;
  return { text, parents, operator, key, considered, size: sizeOf(genome) };
}
