/**
 * Local search on the task's own model: objective, constraints and gradients come from a module of
 * the task (see optim/local-search.ts for the climb). One trial is so many hops from the point where
 * the climb stands; its candidate is where the climb stands then, so `tell` reads the state from the
 * record and repeats no hop. A trial without a gain proposes the same candidate again: a duplicate.
 */
import { setImmediate } from 'node:timers/promises';
import type { CandidateId } from '../core/candidate.ts';
import { sha256 } from '../core/hash.ts';
import type { Rng } from '../core/rng.ts';
import {
  CLIMB_DEFAULTS,
  CLIMB_START,
  type Climb,
  climbOnce,
  type HoppingProblem,
  lossAt,
} from '../optim/local-search.ts';
import type { Draft, Proposer } from './contract.ts';
import type { DataNumbers } from './local-search/data-numbers.ts';

export interface LocalSearchOptions {
  readonly problem: HoppingProblem;
  readonly numbers: DataNumbers;
  /** Text of the origin: parent of the first climb. */
  readonly origin: string;
  /** Hops per trial, at least 1. */
  readonly hops: number;
  /** Trials without a gain after which a climb starts anew, at least 1. */
  readonly patience: number;
  /** See `ClimbOptions`. */
  readonly near?: number;
}

/** Where the climb stands; a climb that is to start anew stands nowhere. */
export interface LocalSearchState {
  readonly point: Float64Array | undefined;
  readonly loss: number;
  readonly parents: readonly CandidateId[];
  /** Trials since the last gain. */
  readonly failures: number;
}

const NOWHERE: LocalSearchState = {
  point: undefined,
  loss: Number.POSITIVE_INFINITY,
  parents: [],
  failures: 0,
};

export function localSearchProposer(options: LocalSearchOptions): Proposer<LocalSearchState> {
  const { problem, numbers, patience } = options;
  const first = problem.repair(Float64Array.from(numbers.start));
  const start: LocalSearchState = {
    point: first,
    loss: lossAt(problem, first),
    parents: [sha256(options.origin)],
    failures: 0,
  };
  return {
    name: 'local-search',
    traits: { repeatable: true, sequential: true },
    init: () => start,
    ask(state, { rng, fromOrigin, seen }) {
      const from = fromOrigin ? start : state;
      // Without a gain it is proposed again: what is known beforehand is not measured.
      if (from.point !== undefined) seen(numbers.keyOf(numbers.textOf(from.point)));
      return climbed(options, from, (hop) => rng.fork(`hop ${hop}`));
    },
    tell(state, { text }) {
      const point = numbers.pointOf(text);
      const loss = lossAt(problem, point);
      if (loss < state.loss) return { point, loss, parents: [sha256(text)], failures: 0 };
      return state.failures + 1 >= patience ? NOWHERE : { ...state, failures: state.failures + 1 };
    },
  };
}

async function climbed(
  { problem, numbers, hops, near = CLIMB_DEFAULTS.near }: LocalSearchOptions,
  { point, loss, parents }: LocalSearchState,
  rngOf: (hop: number) => Rng,
): Promise<Draft> {
  let climb: Climb = { ...CLIMB_START, point, loss, best: { point, loss } };
  for (let hop = 0; hop < hops; hop++) {
    // When a climb is over is decided between trials.
    const options = { near, patience: Number.POSITIVE_INFINITY };
    climb = climbOnce(problem, climb, { ...options, rng: rngOf(hop) });
    // A hop takes milliseconds: signals and displays must not wait for all of them.
    await setImmediate();
  }
  const text = numbers.textOf(climb.point ?? numbers.start);
  return {
    text,
    parents,
    operator: point === undefined ? 'restart' : 'hops',
    key: numbers.keyOf(text),
    considered: hops,
    size: numbers.sizeOf(text),
    evals: climb.evals,
  };
}
